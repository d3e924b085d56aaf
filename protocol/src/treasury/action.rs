//! What a proposal does once it has passed.

use crate::{
    account::{AccountId, ModuleId},
    asset::Asset,
    codec::{Bytes, codec_enum},
    effect::Command,
    units::Amount,
};

/// One message of a proposal, sent by the treasury.
#[expect(
    clippy::large_enum_variant,
    reason = "commands are moved and not kept, and a change of the rules is the rare large one"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of one of our modules.
    Call {
        /// What to do; names the module.
        command: Command,
    },
    /// A payment from the treasury's balance, counted by the cap.
    Pay {
        /// Of what.
        asset: Asset,
        /// Who is paid.
        to: AccountId,
        /// How much; more than nothing.
        amount: Amount,
    },
    /// New code for a contract, by the treasury as its admin. Natively it changes nothing.
    Migrate {
        /// Whose code.
        module: ModuleId,
        /// The chain's number of the new code.
        code: u64,
    },
    /// Any other message of the chain, as JSON. Natively it is refused with code 0, as any call
    /// to a contract that is not there.
    Opaque {
        /// The message as it was given.
        message: Bytes,
    },
}

codec_enum!(Action {
    0 => Call { command },
    1 => Pay { asset, to, amount },
    2 => Migrate { module, code },
    3 => Opaque { message },
});

/// The most actions of one proposal.
pub const MAX_ACTIONS: usize = 16;
/// The most bytes of one message that is not ours.
pub const MAX_MESSAGE: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::Action;
    use crate::{
        Asset, Bytes, Command, Height, ModuleId, Payload, Track, decode, encode, network, rewards,
        staking,
        testing::{PlainNames, Stage, amount, percent, user},
        token, treasury,
    };

    /// Commands of every module, with each kind of optional and nested part.
    fn commands() -> Vec<Command> {
        let (to, amount) = (user(1), amount(5));
        let expires = Some(token::Expiry::AtHeight { height: Height::new(9) });
        let distribution = rewards::Distribution {
            callers: vec![user(1)],
            incentives: vec![(1, 2)],
            ..rewards::Distribution::default()
        };
        let payload = Payload::Opaque(Bytes(vec![1, 2]));
        let calls = vec![Action::Call { command: Command::Staking(staking::Command::Claim) }];
        vec![
            Command::Token(token::Command::Send { to, amount, payload }),
            Command::Token(token::Command::IncreaseAllowance { spender: to, amount, expires }),
            Command::Token(token::Command::DecreaseAllowance {
                spender: to,
                amount,
                expires: None,
            }),
            Command::Token(token::Command::UpdateMinter { to: None }),
            Command::Staking(staking::Command::Delegate { to: Some(to) }),
            Command::Staking(staking::Command::UpdateParams { params: Stage::small_staking() }),
            Command::Network(network::Command::CreateTopic {
                params: network::TopicParams::default(),
                weight: 3,
            }),
            Command::Network(network::Command::Submit { topic: 1, weights: vec![(0, 7)] }),
            Command::Rewards(rewards::Command::Distribute(distribution)),
            Command::Rewards(rewards::Command::SetTake { take: percent(5) }),
            Command::Treasury(treasury::Command::Execute {
                proposal: 3,
                track: Track::Emergency,
                actions: calls,
            }),
            Command::Treasury(treasury::Command::Offer { to: None }),
        ]
    }

    #[test]
    fn actions_survive_their_encoding() {
        let (asset, to, message) = (Asset::Native, user(2), Bytes(b"{}".to_vec()));
        let mut actions: Vec<Action> =
            commands().into_iter().map(|command| Action::Call { command }).collect();
        actions.extend([
            Action::Pay { asset, to, amount: amount(8) },
            Action::Migrate { module: ModuleId::Staking, code: 12 },
            Action::Opaque { message },
        ]);
        let bytes = encode(&PlainNames, &actions);
        assert_eq!(decode::<Vec<Action>>(&PlainNames, &bytes), Some(actions));
        for cut in 0..bytes.len() {
            assert_eq!(decode::<Vec<Action>>(&PlainNames, &bytes[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn bytes_that_are_no_action_are_not_read() {
        for bytes in [vec![4], vec![0, 4], vec![0, 9], vec![1, 2], vec![2, 8]] {
            assert_eq!(decode::<Action>(&PlainNames, &bytes), None, "{bytes:?}");
        }
    }
}
