//! What a sequence is made of: intentions, which become commands once the state is known.
//!
//! They are small numbers, so that a failing sequence shrinks to something readable.

use crate::civic::{Civic, civic};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
};

/// Users that act. There are more modules than that pretend to.
pub(crate) const USERS: u32 = 10;

/// One intention.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Who acts.
    pub(crate) by: Actor,
    /// What is tried.
    pub(crate) act: Act,
    /// Native coins that nobody asked for.
    pub(crate) coins: Option<u16>,
}

/// Who sends a command.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Actor {
    /// A user.
    User(u32),
    /// The treasury's account: the authority.
    Treasury,
    /// The network's account, where a rule trusts it.
    Network,
}

/// How much of what there is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Size {
    /// None.
    Zero,
    /// One base unit.
    One,
    /// In parts of 256.
    Part(u8),
    /// All of it.
    All,
    /// One more.
    More,
    /// The largest amount.
    Most,
}

/// What is tried. Numbers are reduced to what exists, or to one beyond it.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Wait {
        blocks: u8,
        seconds: u16,
    },
    Transfer {
        to: u32,
        size: Size,
    },
    /// To a module: a donation, or a notice it does not expect.
    Donate {
        to: u8,
        size: Size,
    },
    SendAstray {
        to: u8,
        size: Size,
    },
    Burn(Size),
    Mint {
        to: u32,
        size: Size,
    },
    UpdateMinter(Option<u32>),
    Increase {
        spender: u32,
        size: Size,
        expires: Option<i8>,
    },
    Decrease {
        spender: u32,
        size: Size,
        expires: Option<i8>,
    },
    TransferFrom {
        owner: u32,
        to: u32,
        size: Size,
    },
    StakeFrom {
        owner: u32,
        size: Size,
        tier: u8,
    },
    BurnFrom {
        owner: u32,
        size: Size,
    },
    Stake {
        size: Size,
        tier: u8,
    },
    ForgeReceive {
        module: bool,
        size: Size,
    },
    Raise(u8),
    Unstake(Size),
    Claim,
    Delegate(Option<u32>),
    ClaimRewards,
    Slash {
        who: u32,
        size: Size,
        informer: u32,
    },
    AddHook(u32),
    RemoveHook(u32),
    ForgeFailed,
    TuneStaking(Tuning),
    Distribute {
        topic: u8,
        scores: Vec<(u8, u8)>,
        fee: Size,
    },
    Vacate {
        topic: u8,
        uid: u8,
    },
    ClaimSlots {
        topic: u8,
        way: Way,
    },
    ForgePay(Size),
    SetTake(u8),
    Allocate {
        topic: u8,
        weight: u8,
    },
    ClaimVested(u8),
    TuneRewards(Tuning),
    OpenCampaign {
        tuning: Tuning,
        budget: Size,
    },
    FundCampaign {
        campaign: u8,
        amount: Size,
    },
    EndCampaign(u8),
    Publish {
        campaign: u8,
        twist: u8,
        total: Size,
    },
    Revoke {
        campaign: u8,
        back: u8,
    },
    ReturnRest {
        campaign: u8,
        back: u8,
    },
    ClaimLeaf {
        campaign: u8,
        back: u8,
        index: u8,
        twist: u8,
    },
    CreateTopic(Tuning),
    UpdateTopic {
        topic: u8,
        tuning: Tuning,
    },
    Register {
        topic: u8,
        size: Size,
    },
    Leave {
        topic: u8,
    },
    Submit {
        topic: u8,
        row: Vec<(u8, u16)>,
        sorted: bool,
    },
    Close {
        topic: u8,
        rows: u8,
    },
    /// To the governor or the treasury.
    Civic(Civic),
}

/// Which slots are claimed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Own,
    Twice,
    Another(u8),
    Many,
    None,
}

/// A change of parameters: which one, and which of its values; most are valid, some wild.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuning {
    pub(crate) which: u8,
    pub(crate) value: u8,
}

fn user() -> impl Strategy<Value = u32> {
    0..USERS
}

pub(crate) fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        1 => Just(Size::Zero),
        2 => Just(Size::One),
        8 => any::<u8>().prop_map(Size::Part),
        2 => Just(Size::All),
        1 => Just(Size::More),
        1 => Just(Size::Most),
    ]
}

pub(crate) fn tuning() -> impl Strategy<Value = Tuning> {
    (any::<u8>(), any::<u8>()).prop_map(|(which, value)| Tuning { which, value })
}

fn expires() -> impl Strategy<Value = Option<i8>> {
    proptest::option::of(-3i8..20)
}

fn tokens() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (user(), size()).prop_map(|(to, size)| Act::Transfer { to, size }),
        1 => (0u8..8, size()).prop_map(|(to, size)| Act::Donate { to, size }),
        1 => (0u8..9, size()).prop_map(|(to, size)| Act::SendAstray { to, size }),
        1 => size().prop_map(Act::Burn),
        1 => (user(), size()).prop_map(|(to, size)| Act::Mint { to, size }),
        1 => proptest::option::of(user()).prop_map(Act::UpdateMinter),
        3 => (user(), size(), expires())
            .prop_map(|(spender, size, expires)| Act::Increase { spender, size, expires }),
        2 => (user(), size(), expires())
            .prop_map(|(spender, size, expires)| Act::Decrease { spender, size, expires }),
        2 => (user(), user(), size())
            .prop_map(|(owner, to, size)| Act::TransferFrom { owner, to, size }),
        2 => (user(), size(), 0u8..4)
            .prop_map(|(owner, size, tier)| Act::StakeFrom { owner, size, tier }),
        1 => (user(), size()).prop_map(|(owner, size)| Act::BurnFrom { owner, size }),
    ]
}

fn staking() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => (size(), 0u8..4).prop_map(|(size, tier)| Act::Stake { size, tier }),
        1 => (any::<bool>(), size())
            .prop_map(|(module, size)| Act::ForgeReceive { module, size }),
        2 => (0u8..4).prop_map(Act::Raise),
        6 => size().prop_map(Act::Unstake),
        5 => Just(Act::Claim),
        5 => proptest::option::weighted(0.8, user()).prop_map(Act::Delegate),
        4 => Just(Act::ClaimRewards),
        2 => (user(), size(), user())
            .prop_map(|(who, size, informer)| Act::Slash { who, size, informer }),
        2 => user().prop_map(Act::AddHook),
        1 => user().prop_map(Act::RemoveHook),
        1 => Just(Act::ForgeFailed),
        2 => tuning().prop_map(Act::TuneStaking),
    ]
}

fn rewards() -> impl Strategy<Value = Act> {
    let scores = vec((0u8..8, 0u8..4), 0..5);
    let way = prop_oneof![
        6 => Just(Way::Own),
        1 => Just(Way::Twice),
        1 => any::<u8>().prop_map(Way::Another),
        1 => Just(Way::Many),
        2 => Just(Way::None),
    ];
    prop_oneof![
        3 => (0u8..4, scores, size())
            .prop_map(|(topic, scores, fee)| Act::Distribute { topic, scores, fee }),
        1 => (0u8..4, 0u8..8).prop_map(|(topic, uid)| Act::Vacate { topic, uid }),
        5 => (0u8..4, way).prop_map(|(topic, way)| Act::ClaimSlots { topic, way }),
        1 => size().prop_map(Act::ForgePay),
        2 => any::<u8>().prop_map(Act::SetTake),
        1 => (0u8..4, any::<u8>()).prop_map(|(topic, weight)| Act::Allocate { topic, weight }),
        2 => (0u8..3).prop_map(Act::ClaimVested),
        2 => tuning().prop_map(Act::TuneRewards),
    ]
}

fn campaigns() -> impl Strategy<Value = Act> {
    let campaign = || 0u8..20;
    // How many rounds ago; mostly the last one.
    let back = || prop_oneof![4 => Just(0u8), 1 => 0u8..4, 1 => Just(9)];
    prop_oneof![
        2 => (tuning(), size()).prop_map(|(tuning, budget)| Act::OpenCampaign { tuning, budget }),
        2 => (campaign(), size())
            .prop_map(|(campaign, amount)| Act::FundCampaign { campaign, amount }),
        1 => campaign().prop_map(Act::EndCampaign),
        6 => (campaign(), any::<u8>(), size())
            .prop_map(|(campaign, twist, total)| Act::Publish { campaign, twist, total }),
        1 => (campaign(), back()).prop_map(|(campaign, back)| Act::Revoke { campaign, back }),
        4 => (campaign(), back()).prop_map(|(campaign, back)| Act::ReturnRest { campaign, back }),
        16 => (campaign(), back(), 0u8..7, any::<u8>()).prop_map(|(campaign, back, index, twist)| {
            Act::ClaimLeaf { campaign, back, index, twist }
        }),
    ]
}

fn network() -> impl Strategy<Value = Act> {
    let row = vec((0u8..10, any::<u16>()), 0..6);
    prop_oneof![
        1 => tuning().prop_map(Act::CreateTopic),
        2 => (0u8..4, tuning()).prop_map(|(topic, tuning)| Act::UpdateTopic { topic, tuning }),
        5 => (0u8..4, size()).prop_map(|(topic, size)| Act::Register { topic, size }),
        2 => (0u8..4).prop_map(|topic| Act::Leave { topic }),
        6 => (0u8..4, row, proptest::bool::weighted(0.9))
            .prop_map(|(topic, row, sorted)| Act::Submit { topic, row, sorted }),
        8 => (0u8..4, 0u8..6).prop_map(|(topic, rows)| Act::Close { topic, rows }),
    ]
}

/// Any intention of anybody.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    let by = prop_oneof![
        12 => user().prop_map(Actor::User),
        2 => Just(Actor::Treasury),
        1 => Just(Actor::Network),
    ];
    let act = prop_oneof![
        5 => (1u8..5, 1u16..200).prop_map(|(blocks, seconds)| Act::Wait { blocks, seconds }),
        5 => tokens(),
        9 => staking(),
        5 => rewards(),
        10 => campaigns(),
        8 => network(),
        9 => civic().prop_map(Act::Civic),
    ];
    let coins = proptest::option::weighted(0.03, any::<u16>());
    (by, act, coins).prop_map(|(by, act, coins)| Step { by, act, coins })
}
