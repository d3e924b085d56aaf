//! What every contract needs to run the rulebook over its storage.
