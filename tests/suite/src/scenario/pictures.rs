use crate::Deployment;

pub(super) fn every_route(_: &Deployment) {}
