//! The pages in a real browser: by mouse and by keyboard, light and dark, wide and narrow, with scripts and without.

mod front;
