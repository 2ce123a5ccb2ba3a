use jpeg_encoder::ColorType as JpegColour;
use png::{BitDepth, ColorType};

use super::{Kind, Picture, Shape, Unreadable};

const RED: [u8; 4] = [220, 30, 30, 255];
const BLUE: [u8; 4] = [30, 30, 220, 255];

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> Picture {
    let pixel = |i: u32| if i % width < width / 2 { RED } else { BLUE };
    Picture { width, height, rgba: (0..width * height).flat_map(pixel).collect() }
}

fn at(picture: &Picture, x: u32, y: u32) -> [u8; 4] {
    let at = ((y * picture.width + x) * 4) as usize;
    picture.rgba[at..at + 4].try_into().unwrap()
}

fn alike(one: [u8; 4], other: [u8; 4]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 25)
}

fn read(file: &[u8], shape: Shape) -> Result<Picture, Unreadable> {
    Kind::of(file).ok_or(Unreadable)?.read(file, shape)
}

fn grey_png(width: u32, height: u32, colour: ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    file
}

#[test]
fn a_square_is_cut_from_the_middle() {
    for (width, height) in [(900, 300), (300, 900), (40, 30), (1, 1), (301, 299)] {
        let file = halves(width, height).to_png().unwrap();
        let square = read(&file, Shape::Square(300)).unwrap();
        assert_eq!((square.width, square.height), (300, 300), "{width} × {height}");
        if width > 1 {
            assert!(alike(at(&square, 20, 150), RED), "{width} × {height}");
            assert!(alike(at(&square, 280, 150), BLUE), "{width} × {height}");
        }
    }
}

#[test]
fn a_longer_side_is_brought_within_bounds_and_nothing_is_enlarged() {
    for ((width, height), expected) in [
        ((2000, 1000), (1000, 500)),
        ((1000, 2000), (500, 1000)),
        ((10, 20), (10, 20)),
        ((2000, 1), (1000, 1)),
    ] {
        let file = halves(width, height).to_png().unwrap();
        let picture = read(&file, Shape::Within(1000)).unwrap();
        assert_eq!((picture.width, picture.height), expected);
        assert_eq!(halves(width, height).within(1000), picture);
    }
}

#[test]
fn what_is_transparent_gives_no_colour_to_its_neighbours() {
    let rgba = [[255, 0, 0, 255], [0, 255, 0, 0]].concat().repeat(200);
    let picture = Picture { width: 400, height: 1, rgba }.within(100);
    assert!(picture.rgba.chunks_exact(4).all(|pixel| pixel[..3] == [255, 0, 0]));
    assert!((100..=150).contains(&at(&picture, 50, 0)[3]));
}

#[test]
fn jpegs_are_read_in_grey_and_colour_baseline_and_progressive() {
    let picture = halves(640, 480);
    assert!(alike(
        at(&read(&picture.to_jpeg(90).unwrap(), Shape::Square(300)).unwrap(), 20, 20),
        RED
    ));
    let rgb: Vec<u8> = picture.rgba.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    for progressive in [false, true] {
        let mut file = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
        encoder.set_progressive(progressive);
        encoder.encode(&rgb, 640, 480, JpegColour::Rgb).unwrap();
        let square = read(&file, Shape::Square(300)).unwrap();
        assert!(alike(at(&square, 280, 280), BLUE), "{progressive}");
    }
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.encode(&[77; 64 * 64], 64, 64, JpegColour::Luma).unwrap();
    assert!(alike(at(&read(&file, Shape::Square(300)).unwrap(), 9, 9), [77, 77, 77, 255]));
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.encode(&[0, 255, 255, 0].repeat(64 * 64), 64, 64, JpegColour::Cmyk).unwrap();
    assert!(alike(at(&read(&file, Shape::Square(300)).unwrap(), 9, 9), [255, 0, 0, 255]));
}

#[test]
fn pngs_are_read_in_every_depth() {
    for (depth, data) in [
        (BitDepth::One, vec![0xff; 8]),
        (BitDepth::Two, vec![0xff; 16]),
        (BitDepth::Four, vec![0xff; 32]),
        (BitDepth::Eight, vec![0xff; 64]),
        (BitDepth::Sixteen, vec![0xff; 128]),
    ] {
        let file = grey_png(8, 8, ColorType::Grayscale, depth, &data);
        assert_eq!(at(&read(&file, Shape::Square(300)).unwrap(), 150, 150), [255; 4], "{depth:?}");
    }
}

/// A file in Adam7 order, 8 × 8, made for this test.
#[test]
fn an_interlaced_png_is_read() {
    let picture = read(include_bytes!("tests/interlaced.png"), Shape::Square(30)).unwrap();
    assert!(alike(at(&picture, 5, 15), RED) && alike(at(&picture, 25, 15), BLUE));
}

#[test]
fn of_an_animated_gif_the_first_frame_is_taken() {
    let picture = read(include_bytes!("tests/two-frames.gif"), Shape::Square(30)).unwrap();
    assert!(alike(at(&picture, 5, 15), RED) && alike(at(&picture, 25, 15), BLUE));
}

#[test]
fn webps_are_read_lossy_lossless_and_with_alpha() {
    for file in [&include_bytes!("tests/lossy.webp")[..], include_bytes!("tests/lossless.webp")] {
        let picture = read(file, Shape::Square(30)).unwrap();
        assert!(alike(at(&picture, 5, 15), RED) && alike(at(&picture, 25, 15), BLUE));
    }
    let picture = read(include_bytes!("tests/alpha.webp"), Shape::Square(30)).unwrap();
    assert!(at(&picture, 5, 15)[3].abs_diff(128) < 9);
}

#[test]
fn files_that_claim_too_much_are_refused_without_unpacking() {
    let mut png = halves(4, 4).to_png().unwrap();
    png[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    let mut jpeg = halves(16, 16).to_jpeg(90).unwrap();
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xc3, 0x50, 0xc3, 0x50]);
    let gif =
        b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x01\0\0;";
    let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0\0";
    for file in [&png[..], &jpeg, gif, webp] {
        assert_eq!(read(file, Shape::Square(300)), Err(Unreadable));
    }
}

#[test]
fn a_small_webp_with_a_huge_frame_inside_is_refused() {
    let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x03\0\0\x03\0\0".to_vec();
    file.extend(b"VP8 \x20\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f");
    file.extend([0; 64]);
    let length = u32::try_from(file.len() - 8).unwrap();
    file[4..8].copy_from_slice(&length.to_le_bytes());
    assert_eq!(read(&file, Shape::Square(300)), Err(Unreadable));
}

#[test]
fn files_that_are_cut_off_anywhere_are_refused_or_read_but_never_break_anything() {
    let picture = halves(24, 24);
    for file in [picture.to_png().unwrap(), picture.to_jpeg(80).unwrap()] {
        for length in 0..file.len() - 40 {
            assert_eq!(read(&file[..length], Shape::Square(8)), Err(Unreadable), "{length}");
        }
    }
}

/// Bytes changed at random, by a generator that needs no seed from outside.
#[test]
fn damaged_files_never_break_anything() {
    let samples: [&[u8]; 8] = [
        &halves(48, 40).to_png().unwrap(),
        &halves(48, 40).to_jpeg(80).unwrap(),
        include_bytes!("tests/interlaced.png"),
        include_bytes!("tests/progressive.jpg"),
        include_bytes!("tests/two-frames.gif"),
        include_bytes!("tests/lossy.webp"),
        include_bytes!("tests/lossless.webp"),
        include_bytes!("tests/alpha.webp"),
    ];
    let rounds: u32 = std::env::var("ROUNDS").map_or(60, |rounds| rounds.parse().unwrap());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for sample in samples {
        for _ in 0..rounds {
            let mut file = sample.to_vec();
            for _ in 0..=random(4) {
                let place = random(file.len());
                file[place] = u8::try_from(random(256)).unwrap();
            }
            let _ = read(&file, Shape::Square(8));
        }
    }
}

#[test]
fn a_jpeg_of_a_hundred_scans_is_refused() {
    let mut file = halves(16, 16).to_jpeg(80).unwrap();
    let scan = file.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let scan = file[scan..file.len() - 2].to_vec();
    file.truncate(file.len() - 2);
    (0..100).for_each(|_| file.extend(&scan));
    file.extend([0xff, 0xd9]);
    assert_eq!(read(&file, Shape::Square(30)), Err(Unreadable));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}
