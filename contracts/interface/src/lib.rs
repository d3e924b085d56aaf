//! Message and query types of the contracts.
