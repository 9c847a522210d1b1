//! Opening a page of somebody who has some callbacks, among few and among many.

use crate::Plan;
use crate::many::Many;

pub(crate) async fn measure(_: Plan, _: &Many, _: &Many) {}
