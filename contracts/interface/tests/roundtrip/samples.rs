//! A sample of every command of every module.

use cosmwasm_std::{BankMsg, CosmosMsg, Empty, to_json_vec};
use protocol::{
    AccountId, Amount, Bytes, Command, Epoch, Height, ModuleId, Payload, Power, Timestamp, Track,
    governance::{self, Draft, Question, Threshold, TrackParams},
    network::{self, Electorate, Liquid, PriceParams, Scoring, TopicParams, YumaVariant},
    pause::Pausable,
    rewards::{self, Curve, Distribution, Dividend, Leaf, Publication, Schedule, Terms},
    staking::{self, Asset, Slashed, Tier},
    token::{self, Expiry},
    treasury::{self, Action, GrantTerms, StreamTerms},
};

use crate::{ALICE, BOB, amount, chain, parts};

pub(crate) fn token_samples() -> Vec<token::Command> {
    use token::Command as C;
    let payload = || Payload::Opaque(Bytes(vec![0, 255, 7]));
    let most = Amount::MAX;
    chain(C::Transfer { to: BOB, amount: most }, |last| {
        Some(match last {
            C::Transfer { .. } => C::Burn { amount: amount(2) },
            C::Burn { .. } => C::Send { to: BOB, amount: amount(3), payload: payload() },
            C::Send { .. } => C::Mint { to: ALICE, amount: amount(4) },
            C::Mint { .. } => C::UpdateMinter { to: Some(BOB) },
            C::UpdateMinter { .. } => {
                let expires = Some(Expiry::AtHeight { height: Height::new(u64::MAX) });
                C::IncreaseAllowance { spender: BOB, amount: amount(5), expires }
            }
            C::IncreaseAllowance { .. } => {
                let expires = Some(Expiry::AtTime { time: Timestamp::new(1_700_000_000) });
                C::DecreaseAllowance { spender: BOB, amount: amount(6), expires }
            }
            C::DecreaseAllowance { .. } => {
                C::TransferFrom { owner: ALICE, to: BOB, amount: amount(7) }
            }
            C::TransferFrom { .. } => {
                C::SendFrom { owner: ALICE, to: BOB, amount: amount(8), payload: payload() }
            }
            C::SendFrom { .. } => C::BurnFrom { owner: ALICE, amount: Amount::ZERO },
            C::BurnFrom { .. } => return None,
        })
    })
}

pub(crate) fn staking_params(asset: Asset, slashed: Slashed) -> staking::Params {
    let tiers = [(1, 1_000_000_000), (u64::MAX, 15_999_999_999)];
    staking::Params {
        asset,
        tiers: tiers.map(|(notice, multiplier)| Tier { notice, multiplier }).to_vec(),
        max_stake: Amount::MAX,
        unit: u128::MAX,
        bounty: parts(1),
        slashed,
    }
}

pub(crate) fn staking_samples() -> Vec<staking::Command> {
    use staking::Command as C;
    let payload = Payload::Stake { tier: 255 };
    chain(C::Receive { from: ALICE, amount: amount(1), payload }, |last| {
        Some(match last {
            C::Receive { .. } => C::Stake { tier: 1 },
            C::Stake { .. } => C::Raise { tier: 2 },
            C::Raise { .. } => C::Unstake { amount: amount(3) },
            C::Unstake { .. } => C::Claim,
            C::Claim => C::Delegate { to: Some(BOB) },
            C::Delegate { .. } => C::ClaimRewards,
            C::ClaimRewards => C::Slash { who: ALICE, amount: Amount::MAX, informer: BOB },
            C::Slash { .. } => C::AddHook { hook: BOB },
            C::AddHook { .. } => C::RemoveHook { hook: BOB },
            C::RemoveHook { .. } => {
                C::UpdateParams { params: staking_params(Asset::Token, Slashed::Burned) }
            }
            C::UpdateParams { .. } => C::Pause { until: Timestamp::new(u64::MAX) },
            C::Pause { .. } => C::Failed { tag: 7 },
            C::Failed { .. } => return None,
        })
    })
}

pub(crate) fn topic(scoring: Scoring) -> TopicParams {
    TopicParams {
        owner: Some(BOB),
        scoring,
        electorate: Electorate {
            max_validators: 1,
            activity_cutoff: 2,
            stake_threshold: Power::new(u128::MAX),
        },
        tempo: 3,
        slots: 4,
        immunity: 5,
        price: PriceParams { floor: amount(6), ceiling: Amount::MAX, rise: parts(7), half_life: 8 },
        owner_cut: parts(9),
        contributors: parts(999_999_999),
        page_fee: amount(10),
    }
}

pub(crate) fn yuma(variant: YumaVariant) -> Scoring {
    Scoring::Yuma { kappa: 1, bonds_moving_average: 2, bonds_penalty: 3, variant }
}

pub(crate) fn network_samples() -> Vec<network::Command> {
    use network::Command as C;
    chain(C::CreateTopic { params: topic(Scoring::Mean), weight: u64::MAX }, |last| {
        Some(match last {
            C::CreateTopic { .. } => {
                let liquid = Some(Liquid { alpha_low: 4, alpha_high: 5, steepness: 6 });
                let params = topic(yuma(YumaVariant::Yuma3 { liquid }));
                C::UpdateTopic { topic: u16::MAX, params }
            }
            C::UpdateTopic { .. } => {
                let payload = Payload::Register { topic: 65_535 };
                C::Receive { from: ALICE, amount: amount(1), payload }
            }
            C::Receive { .. } => C::Leave { topic: 1 },
            C::Leave { .. } => C::Submit { topic: 1, weights: vec![(0, 1), (65_535, 65_535)] },
            C::Submit { .. } => C::Close { topic: 1, rows: u16::MAX },
            C::Close { .. } => C::Pause { until: Timestamp::new(2) },
            C::Pause { .. } => return None,
        })
    })
}

pub(crate) fn rewards_params(curve: Curve) -> rewards::Params {
    let schedule = Schedule { per_block: amount(1), curve, tail: amount(2), cap: Amount::MAX };
    rewards::Params { schedule, treasury_cut: parts(3) }
}

pub(crate) fn terms(publisher: Option<AccountId>) -> Terms {
    Terms { publisher, most: Amount::MAX, period: 1, delay: 2, window: u64::MAX }
}

pub(crate) fn rewards_samples() -> Vec<rewards::Command> {
    use rewards::Command as C;
    let distribution = Distribution {
        topic: 1,
        epoch: Epoch::new(2),
        callers: vec![ALICE, BOB, ALICE],
        page_fee: amount(3),
        owner: Some(BOB),
        owner_cut: parts(4),
        contributors: parts(5),
        incentives: vec![(6, 7), (65_535, u64::MAX)],
        dividends: vec![Dividend { uid: 8, who: ALICE, score: 9, power: Power::new(10) }],
    };
    chain(C::Distribute(distribution), |last| {
        Some(match last {
            C::Distribute(_) => C::Vacate { topic: 1, uid: 2, who: ALICE },
            C::Vacate { .. } => C::Claim { slots: vec![(0, 0), (65_535, 1)] },
            C::Claim { .. } => C::Pay { to: ALICE, amount: Amount::MAX },
            C::Pay { .. } => C::SetTake { take: parts(123_456_789) },
            C::SetTake { .. } => C::Allocate { topic: 1, weight: u64::MAX },
            C::Allocate { .. } => C::ClaimVested { number: u32::MAX },
            C::UpdateParams { .. } => C::Pause { until: Timestamp::new(1) },
            C::Pause { .. } => return None,
            C::ClaimVested { .. } => {
                C::OpenCampaign { terms: terms(Some(BOB)), budget: Amount::MAX }
            }
            C::OpenCampaign { .. } => C::FundCampaign { campaign: u32::MAX, amount: amount(1) },
            C::FundCampaign { .. } => C::EndCampaign { campaign: 2 },
            C::EndCampaign { .. } => C::Publish(Publication {
                campaign: 1,
                round: 2,
                root: [255; 32],
                leaves: 3,
                total: Amount::MAX,
            }),
            C::Publish(_) => C::Revoke { campaign: 4, round: u32::MAX },
            C::Revoke { .. } => C::ReturnRest { campaign: u32::MAX, round: 5 },
            C::ReturnRest { .. } => C::ClaimLeaf {
                who: ALICE,
                leaf: Leaf {
                    campaign: 1,
                    round: 2,
                    index: u32::MAX,
                    amount: amount(3),
                    proof: vec![[0; 32], [255; 32]],
                },
            },
            C::ClaimLeaf { .. } => C::UpdateParams { params: rewards_params(Curve::Constant) },
        })
    })
}

pub(crate) fn mandate() -> governance::Mandate {
    let (ends, suspended) = (Timestamp::new(9), Timestamp::new(3));
    governance::Mandate { guardian: Some(BOB), ends, pause: 5, pauses: 2, suspended }
}

pub(crate) fn governance_params(threshold: Threshold) -> governance::Params {
    let track = TrackParams {
        deposit: amount(7),
        proposal_power: parts(1),
        delay: 1,
        period: 2,
        extension: 3,
        timelock: 4,
        grace: 5,
        quorum: parts(333_333_333),
        threshold,
        veto: parts(334_000_000),
        objection: parts(5),
        revoting: true,
    };
    governance::Params {
        tracks: [track, TrackParams { delay: 6, ..track }, TrackParams { delay: 7, ..track }],
        live: 8,
        unheard: governance::Unheard::Forfeited,
        least_power: Power::new(9),
        lapse: 10,
    }
}

/// One action of each kind, the last a message that is none of ours.
pub(crate) fn actions() -> Vec<Action> {
    let (to, amount) = (ALICE, amount(5));
    let message = CosmosMsg::<Empty>::Bank(BankMsg::Burn { amount: vec![] });
    vec![
        Action::Call { command: Command::Staking(staking::Command::Claim) },
        Action::Pay { asset: Asset::Token, to, amount },
        Action::Pay { asset: Asset::Native, to, amount },
        Action::Migrate { module: ModuleId::Staking, code: 7 },
        Action::Opaque { message: Bytes(to_json_vec(&message).unwrap()) },
    ]
}

pub(crate) fn draft(question: Question) -> governance::Command {
    let (title, body) = (Bytes(b"one \"line\"".to_vec()), Bytes("zwei\n\u{e9}".into()));
    governance::Command::Propose { draft: Draft { track: Track::Emergency, title, body, question } }
}

pub(crate) fn governance_samples() -> Vec<governance::Command> {
    use governance::Command as C;
    let payload = Payload::Deposit;
    let proposal = u32::MAX;
    chain(C::Receive { from: ALICE, amount: amount(9), payload }, |last| {
        Some(match last {
            C::Receive { .. } => C::Withdraw { amount: Amount::MAX },
            C::Withdraw { .. } => draft(Question::Standard { actions: actions() }),
            C::Propose { .. } => C::Vote {
                proposal,
                shares: vec![(0, parts(400_000_000)), (3, parts(600_000_000))],
                rationale: Bytes(b"why".to_vec()),
            },
            C::Vote { .. } => C::Queue { proposal },
            C::Queue { .. } => C::Execute { proposal },
            C::Execute { .. } => C::Settle { proposal },
            C::Settle { .. } => C::Cancel { proposal, reason: Bytes(b"why".to_vec()) },
            C::Cancel { .. } => C::Pause { module: Pausable::Network, seconds: u64::MAX },
            C::Pause { .. } => C::Hold { proposal },
            C::Hold { .. } => C::Drop { proposal },
            C::Drop { .. } => C::Suspend,
            C::Suspend => C::Dismiss,
            C::Dismiss => C::SetGuardian { mandate: mandate() },
            C::SetGuardian { .. } => {
                C::UpdateParams { params: governance_params(Threshold::Majority) }
            }
            C::UpdateParams { .. } => C::AddHook { hook: BOB },
            C::AddHook { .. } => C::RemoveHook { hook: BOB },
            C::RemoveHook { .. } => C::Failed { tag: 7 },
            C::Failed { .. } => return None,
        })
    })
}

pub(crate) fn treasury_samples() -> Vec<treasury::Command> {
    use treasury::Command as C;
    let payload = Payload::Fund { stream: 3 };
    let terms = StreamTerms {
        to: Some(ALICE),
        asset: Asset::Native,
        rate: amount(1),
        period: 2,
        start: Timestamp::new(3),
        cliff: Timestamp::new(4),
        funded: amount(5),
    };
    let grant = GrantTerms {
        to: Some(ALICE),
        asset: Asset::Token,
        reviewer: Some(BOB),
        deadline: Timestamp::new(8),
        milestones: vec![amount(1), amount(2)],
    };
    chain(C::Receive { from: ALICE, amount: amount(9), payload }, |last| {
        Some(match last {
            C::Receive { .. } => C::Fund { stream: 7 },
            C::Fund { .. } => {
                C::Execute { proposal: 1, track: Track::Constitutional, actions: actions() }
            }
            C::Execute { .. } => C::Settle,
            C::Settle => C::OpenStream { terms },
            C::OpenStream { .. } => {
                C::FundStream { stream: 1, asset: Asset::Native, amount: amount(3) }
            }
            C::FundStream { .. } => C::CancelStream { stream: 1 },
            C::CancelStream { .. } => C::ClaimStream { stream: 1 },
            C::ClaimStream { .. } => C::OpenGrant { terms: grant.clone() },
            C::OpenGrant { .. } => C::Release { grant: 1, milestone: 2 },
            C::Release { .. } => C::Return { grant: 1 },
            C::Return { .. } => C::Offer { to: Some(BOB) },
            C::Offer { .. } => C::Accept,
            C::Accept => C::UpdateParams {
                params: treasury::Params { token_cap: amount(1), native_cap: amount(2), window: 3 },
            },
            C::UpdateParams { .. } => return None,
        })
    })
}
