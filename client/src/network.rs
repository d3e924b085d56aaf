//! Networks in chain-registry's `chain.json` form.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::gas::GasPrice;

/// A chain, and where its nodes are.
#[derive(Clone, Debug)]
pub struct Network {
    /// Its name.
    pub name: String,
    /// What it calls itself; part of what is signed.
    pub chain_id: String,
    /// What its addresses begin with.
    pub prefix: String,
    /// SLIP-44's number, part of where keys are derived.
    pub coin_type: u32,
    /// What gas costs, in the first coin that pays for it.
    pub gas_price: GasPrice,
    /// gRPC endpoints as addresses with a scheme, in order of preference.
    pub endpoints: Vec<String>,
}

/// The part of the registry's form that is read; the rest is for others.
#[derive(Deserialize)]
struct ChainFile {
    chain_name: String,
    chain_id: String,
    bech32_prefix: String,
    slip44: u32,
    fees: Option<Fees>,
    apis: Option<Apis>,
}

#[derive(Deserialize)]
struct Fees {
    fee_tokens: Vec<FeeToken>,
}

#[derive(Deserialize)]
struct FeeToken {
    denom: String,
    average_gas_price: Option<serde_json::Number>,
    fixed_min_gas_price: Option<serde_json::Number>,
}

#[derive(Deserialize)]
struct Apis {
    #[serde(default)]
    grpc: Vec<Api>,
}

#[derive(Deserialize)]
struct Api {
    address: String,
}

impl Network {
    /// Reads a `chain.json`, or the one in a folder.
    ///
    /// # Errors
    /// A file that cannot be read, is not in the registry's form, or names no gRPC endpoint or
    /// price of gas.
    pub fn read(path: &Path) -> Result<Self> {
        let path = if path.is_dir() { path.join("chain.json") } else { PathBuf::from(path) };
        let wrong = |why: String| Error::Usage(format!("{}: {why}", path.display()));
        let text = std::fs::read(&path).map_err(|error| wrong(error.to_string()))?;
        Self::parse(&text).map_err(wrong)
    }

    fn parse(text: &[u8]) -> std::result::Result<Self, String> {
        let file: ChainFile = serde_json::from_slice(text)
            .map_err(|error| format!("not in chain-registry's form (chain.json): {error}"))?;
        let token = file.fees.and_then(|fees| fees.fee_tokens.into_iter().next());
        let token = token.ok_or("it names no coin for gas: fees.fee_tokens")?;
        let price = token.average_gas_price.or(token.fixed_min_gas_price);
        let price = price.ok_or("it names no price of gas: average_gas_price")?;
        let price = price.to_string();
        let price = crate::decimal::Decimal::read(&price).ok_or("its price of gas is no price")?;
        let grpc = file.apis.map(|apis| apis.grpc).unwrap_or_default();
        let endpoints: Vec<_> = grpc.iter().map(|api| endpoint(&api.address)).collect();
        if endpoints.is_empty() {
            return Err("it names no gRPC endpoint: apis.grpc".into());
        }
        Ok(Self {
            name: file.chain_name,
            chain_id: file.chain_id,
            prefix: file.bech32_prefix,
            coin_type: file.slip44,
            gas_price: GasPrice { price, denom: token.denom },
            endpoints,
        })
    }

    /// The same network with one endpoint of the caller's.
    pub fn at(mut self, address: &str) -> Self {
        self.endpoints = vec![endpoint(address)];
        self
    }
}

/// The registry writes hosts with and without a scheme: port 443 is TLS.
fn endpoint(address: &str) -> String {
    let address = address.trim().trim_end_matches('/');
    match address.contains("://") {
        true => address.to_owned(),
        false if address.ends_with(":443") => format!("https://{address}"),
        false => format!("http://{address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    fn chain(fees: &str, apis: &str) -> Vec<u8> {
        format!(
            r#"{{"$schema":"x","chain_name":"a","chain_id":"a-1","bech32_prefix":"wasm","slip44":118,
            "pretty_name":"ignored","fees":{fees},"apis":{apis}}}"#
        )
        .into_bytes()
    }

    const FEES: &str = r#"{"fee_tokens":[{"denom":"ua","average_gas_price":0.0025}]}"#;

    #[test]
    fn the_registrys_form_is_read() {
        let apis = r#"{"rpc":[],"grpc":[{"address":"a.example:443","provider":"p"},
            {"address":"b.example:9090"},{"address":"https://c.example/"}]}"#;
        let network = Network::parse(&chain(FEES, apis)).unwrap();
        let endpoints = ["https://a.example:443", "http://b.example:9090", "https://c.example"];
        assert_eq!(network.endpoints, endpoints);
        assert_eq!(network.gas_price.price.times_ceiling(1_000), Some(3));
        assert_eq!(network.at("127.0.0.1:1").endpoints, ["http://127.0.0.1:1"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let grpc = r#"{"grpc":[{"address":"a:1"}]}"#;
        for (fees, apis, named) in [
            (r#"{"fee_tokens":[]}"#, grpc, "fees.fee_tokens"),
            (r#"{"fee_tokens":[{"denom":"ua"}]}"#, grpc, "average_gas_price"),
            (FEES, r#"{"grpc":[]}"#, "apis.grpc"),
            (FEES, "null", "apis.grpc"),
        ] {
            let error = Network::parse(&chain(fees, apis)).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
        assert!(Network::parse(b"{}").unwrap_err().contains("chain_name"));
    }
}
