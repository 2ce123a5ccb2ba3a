//! From the AAGUID to the name people know, for the default name of a passkey.
//! The AAGUID is not attested here, so the name is a courtesy, not a fact.

/// The product behind an AAGUID, if it is a common one.
pub fn product_name(aaguid: &[u8; 16]) -> Option<&'static str> {
    let wanted = u128::from_be_bytes(*aaguid);
    PRODUCTS.iter().find(|(known, _)| *known == wanted).map(|(_, name)| *name)
}

/// From the list that passkey providers keep among themselves
/// (passkeydeveloper/passkey-authenticator-aaguids) and Yubico's own.
const PRODUCTS: [(u128, &str); 35] = [
    (0xea9b8d66_4d01_1d21_3ce4_b6b48cb575d4, "Google Password Manager"),
    (0xfbfc3007_154e_4ecc_8c0b_6e020557d7bd, "iCloud Keychain"),
    (0xdd4ec289_e01d_41c9_bb89_70fa845d4bf2, "iCloud Keychain (Managed)"),
    (0x08987058_cadc_4b81_b6e1_30de50dcbe96, "Windows Hello"),
    (0x9ddd1817_af5a_4672_a2b9_3e3dd95000a9, "Windows Hello"),
    (0x6028b017_b1d4_4c02_b4b3_afcdafc96bb2, "Windows Hello"),
    (0xd3452668_01fd_4c12_926c_83a4204853aa, "Microsoft Password Manager"),
    (0xadce0002_35bc_c60a_648b_0b25f1f05503, "Chrome on Mac"),
    (0x771b48fd_d3d4_4f74_9232_fc157ab0507a, "Edge on Mac"),
    (0xb5397666_4885_aa6b_cebf_e52262a439a2, "Chromium Browser"),
    (0x53414d53_554e_4700_0000_000000000000, "Samsung Pass"),
    (0xbada5566_a7aa_401f_bd96_45619a55120d, "1Password"),
    (0xd548826e_79b4_db40_a3d8_11116f7e8349, "Bitwarden"),
    (0x531126d6_e717_415c_9320_3d9aa6981239, "Dashlane"),
    (0x50726f74_6f6e_5061_7373_50726f746f6e, "Proton Pass"),
    (0xfdb141b2_5d84_443e_8a35_4698c205a502, "KeePassXC"),
    (0xeaecdef2_1c31_5634_8639_f1cbd9c00a08, "KeePassDX"),
    (0xb84e4048_15dc_4dd0_8640_f4f60813c8af, "NordPass"),
    (0x0ea242b4_43c4_4a1b_8b17_dd6d0b6baec6, "Keeper"),
    (0xf3809540_7f14_49c1_a8b3_8f813b225541, "Enpass"),
    (0xb78a0a55_6ef8_d246_a042_ba0f6d55050c, "LastPass"),
    (0xb35a26b2_8f6e_4697_ab1d_d44db4da28c6, "Zoho Vault"),
    (0x22248c4c_7a12_46e2_9a41_44291b373a4d, "LogMeOnce"),
    (0xa10c6dd9_465e_4226_8198_c7c44b91c555, "Kaspersky Password Manager"),
    (0x39a5647e_1853_446c_a1f6_a79bae9f5bc7, "IDmelon"),
    (0xcc45f64e_52a2_451b_831a_4edd8022a202, "ToothPic Passkey Provider"),
    (0xcb69481e_8ff7_4039_93ec_0a2729a154a8, "YubiKey 5 Series"),
    (0xee882879_721c_4913_9775_3dfcce97072a, "YubiKey 5 Series"),
    (0x19083c3d_8383_4b18_bc03_8f1c9ab2fd1b, "YubiKey 5 Series"),
    (0xff4dac45_ede8_4ec2_aced_cf66103f4335, "YubiKey 5 Series"),
    (0xfa2b99dc_9e39_4257_8f92_4a30d23c4118, "YubiKey 5 Series with NFC"),
    (0x2fc0579f_8113_47ea_b116_bb5a8db9202a, "YubiKey 5 Series with NFC"),
    (0xd7781e5d_e353_46aa_afe2_3ca49f13332a, "YubiKey 5 Series with NFC"),
    (0xa25342c0_3cdc_4414_8e46_f4807fca511c, "YubiKey 5 Series with NFC"),
    (0xc5ef55ff_ad9a_4b9f_b580_adebafe026d0, "YubiKey 5 Series with Lightning"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_have_names_that_passkeys_may_have() {
        for (_, name) in PRODUCTS {
            assert!((1..=50).contains(&name.len()), "{name}");
            assert!(name.chars().all(|c| c == ' ' || c.is_ascii_graphic()), "{name}");
        }
    }

    #[test]
    fn an_aaguid_is_read_in_network_order() {
        let icloud = [
            0xfb, 0xfc, 0x30, 0x07, 0x15, 0x4e, 0x4e, 0xcc, 0x8c, 0x0b, 0x6e, 0x02, 0x05, 0x57,
            0xd7, 0xbd,
        ];
        assert_eq!(product_name(&icloud), Some("iCloud Keychain"));
    }

    #[test]
    fn an_authenticator_that_does_not_say_what_it_is_has_no_name() {
        assert_eq!(product_name(&[0; 16]), None);
    }

    #[test]
    fn no_aaguid_is_listed_twice() {
        for (index, (aaguid, name)) in PRODUCTS.iter().enumerate() {
            let later = &PRODUCTS[index + 1..];
            assert!(later.iter().all(|(other, _)| other != aaguid), "{name} is listed twice");
        }
    }
}
