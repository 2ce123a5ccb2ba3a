//! What running costs.

/// What a process has used so far, as Linux tells it.
pub struct Process(u32);

impl Process {
    /// This one.
    pub fn own() -> Self {
        Self(std::process::id())
    }

    /// One with this number.
    pub fn numbered(process: u32) -> Self {
        Self(process)
    }

    /// Processor time in milliseconds.
    pub fn cpu_ms(&self) -> u64 {
        let stat = self.read("stat");
        let after_name = stat.rsplit_once(')').unwrap().1;
        let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
        ticks.map(Result::unwrap).sum::<u64>() * 10
    }

    /// The most memory that it has held since its start or [`Self::forget_peak`], in kilobytes.
    pub fn peak_kb(&self) -> u64 {
        let status = self.read("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Peaks count from now on.
    pub fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.0), "5").unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.0)).unwrap()
    }
}
