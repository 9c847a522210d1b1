//! A pass of the scheduler that wakes 100 callbacks, among few and among many.

use crate::Plan;
use crate::many::Many;
use crate::samples::{Samples, head, row};
use clock::Stopwatch;

const DUE: usize = 100;

/// How long such a pass takes, in turns on both databases.
pub(crate) async fn measure(plan: Plan, few: &Many, many: &Many) {
    // The first pass of a morning plans its rounds, once: that is told, and not compared.
    let planning = [pass(few, 0).await, pass(many, 0).await];
    let (mut took, mut ratio) = ([Samples::default(), Samples::default()], Samples::default());
    for _ in 0..plan.repetitions {
        let mut ms = [0.0; 2];
        for (ms, of) in ms.iter_mut().zip([few, many]) {
            of.add_due(DUE).await;
            *ms = pass(of, DUE).await;
        }
        took.iter_mut().zip(ms).for_each(|(took, ms)| took.add(ms));
        ratio.add(ms[1] / ms[0]);
    }
    head(&[
        "a pass of the scheduler",
        &format!("{} open, ms", few.callbacks),
        &format!("{} open, ms", many.callbacks),
        "ratio",
    ]);
    row(&[format!("{DUE} due"), took[0].told(1), took[1].told(1), ratio.told(2)]);
    let [few, many] = planning.map(|ms| format!("{ms:.1}"));
    row(&["which plans the rounds of a morning, once".to_owned(), few, many, String::new()]);
}

/// One pass, in milliseconds.
async fn pass(of: &Many, due: usize) -> f64 {
    let began = Stopwatch::start();
    let passed = of.app.scheduler.pass().await.expect("storage works");
    let took = began.elapsed().as_secs_f64() * 1_000.0;
    let woken = usize::try_from(passed.woken).expect("a small count");
    assert_eq!(woken, due, "the pass did what is measured");
    took
}
