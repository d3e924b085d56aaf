//! The governor's verbs, on the stage with all modules.

mod lifecycle;
