//! An independent model of a topic, on plain lists, beside the verbs: the same random seasons
//! through both. It gives the kernel every row and knows neither pages, bits nor groups.

use super::{START, TEMPO, World, distribution, metered, params, yuma};
use crate::{
    Epoch,
    network::{
        Closing, Command, Liquid, Scoring, TopicParams, YumaVariant, bonds, slot, topic, uid_of,
    },
    store::Get,
    testing::user,
    units::{Height, Power},
};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest,
};
use scoring_kernel::{Input, Outcome, Rows, Workspace, accept_row};

const SLOTS: usize = 12;
const CUTOFF: u64 = 25;
const IMMUNITY: u64 = 8;

/// One slot as the model knows it.
#[derive(Clone, Default)]
struct Seat {
    holder: Option<u32>,
    registered: u64,
    sequence: u64,
    /// The block of the submission, and the row.
    row: Option<(u64, Vec<(u16, u16)>)>,
    bonds: Vec<(u16, u16)>,
    permit: bool,
    score: u64,
}

struct Model {
    seats: Vec<Seat>,
    sequence: u64,
    last_close: u64,
    params: TopicParams,
}

impl Model {
    fn new(params: TopicParams, holders: u32) -> Self {
        let seat = |n| Seat {
            holder: (n < holders).then_some(n),
            registered: START,
            sequence: u64::from(n) + 1,
            ..Seat::default()
        };
        let seats = (0..SLOTS as u32).map(seat).collect();
        Self { seats, sequence: holders.into(), last_close: START, params }
    }

    fn seat(&mut self, who: u32) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.holder == Some(who))
    }

    /// The slot that `who` gets; `None` where it is refused.
    fn register(&mut self, who: u32, height: u64) -> Option<usize> {
        if self.seat(who).is_some() {
            return None;
        }
        let open = |seat: &Seat| height - seat.registered >= IMMUNITY;
        let vacant = self.seats.iter().position(|seat| seat.holder.is_none());
        let uid = vacant.or_else(|| {
            let all = (0..SLOTS).filter(|&uid| open(&self.seats[uid]));
            all.min_by_key(|&uid| (self.seats[uid].score, self.seats[uid].sequence))
        })?;
        self.sequence += 1;
        let sequence = self.sequence;
        self.seats[uid] =
            Seat { holder: Some(who), registered: height, sequence, ..Seat::default() };
        Some(uid)
    }

    /// The scores of an epoch.
    fn close(&mut self, powers: &[u64], height: u64) -> Outcome {
        for seat in &mut self.seats {
            seat.row = seat.row.take().filter(|row| row.0 + CUTOFF >= height);
        }
        let each = |f: &dyn Fn(&Seat) -> u64| self.seats.iter().map(f).collect::<Vec<u64>>();
        let power = |seat: &Seat| seat.holder.map_or(0, |who| powers[who as usize]);
        let stakes = each(&|seat| if seat.row.is_some() { power(seat) } else { 0 });
        let last_update = each(&|seat| seat.row.as_ref().map_or(0, |row| row.0));
        let vacant = u64::MAX;
        let registered = each(&|seat| if seat.holder.is_some() { seat.registered } else { vacant });
        let permits: Vec<bool> = self.seats.iter().map(|seat| seat.permit).collect();
        let (mut weights, mut old) = (Rows::new(), Rows::new());
        for seat in &self.seats {
            let row = seat.row.as_ref().map_or(&[][..], |row| &row.1);
            weights.push_row(row.iter().copied()).unwrap();
            old.push_row(seat.bonds.iter().copied()).unwrap();
        }
        let input = Input {
            stakes: &stakes,
            weights: &weights,
            bonds: &old,
            permits: &permits,
            last_update: &last_update,
            registered: &registered,
            block: height,
            last_close: self.last_close,
            owner: None,
            commit: None,
        };
        let mechanism = self.params.scoring.mechanism(&self.params.electorate);
        let mut outcome = Outcome::default();
        mechanism.score(&input, &mut Workspace::default(), &mut outcome).unwrap();
        for (uid, seat) in self.seats.iter_mut().enumerate() {
            seat.bonds = outcome.bonds.row(uid).iter().collect();
            seat.permit = outcome.permits[uid];
            let score = outcome.incentives[uid] + outcome.dividends[uid];
            seat.score = score.min(u32::MAX.into());
        }
        self.last_close = height;
        outcome
    }
}

#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    Register(u32),
    Leave(u32),
    Submit(u32, Vec<(u16, u16)>),
    /// Closes when it is due, in pages of so many rows.
    Close(u16),
    Power(u32, u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let row = prop::collection::btree_map(0..SLOTS as u16, any::<u16>(), 0..9);
    let step = prop_oneof![
        4 => (1u64..6).prop_map(Step::Wait),
        2 => (0u32..20).prop_map(Step::Register),
        1 => (0u32..20).prop_map(Step::Leave),
        8 => ((0u32..20), row).prop_map(|(who, row)| Step::Submit(who, row.into_iter().collect())),
        5 => (1u16..6).prop_map(Step::Close),
        1 => ((0u32..20), 0u64..1 << 40).prop_map(|(who, power)| Step::Power(who, power)),
    ];
    prop::collection::vec(step, 1..150)
}

fn scorings() -> impl Strategy<Value = Scoring> {
    let liquid = Some(Liquid { alpha_low: 6553, alpha_high: 45_875, steepness: 1000 });
    prop_oneof![
        Just(Scoring::Mean),
        Just(metered()),
        Just(yuma(YumaVariant::Classic)),
        Just(yuma(YumaVariant::Yuma3 { liquid })),
    ]
}

/// Every slot as the verbs left it, beside the model's.
fn compare(world: &World, model: &Model) {
    for (uid, seat) in (0..).zip(&model.seats) {
        let view = slot(&world.store, 0, uid);
        assert_eq!(view.holder, seat.holder.map(user), "holder of {uid}");
        let registered = seat.holder.map(|_| Height::new(seat.registered));
        assert_eq!(view.registered, registered, "registration of {uid}");
        assert_eq!((view.permit, u64::from(view.score)), (seat.permit, seat.score), "{uid}");
        assert_eq!(bonds(&world.store, 0, uid), seat.bonds, "bonds of {uid}");
        let updated = seat.row.as_ref().map_or(0, |row| row.0);
        assert_eq!(view.updated.get(), updated, "submission of {uid}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn seasons_equal_the_model(
        scoring in scorings(),
        mut powers in prop::collection::vec(0u64..1 << 40, 20),
        steps in steps(),
    ) {
        let mut params = TopicParams { scoring, immunity: IMMUNITY, ..params(SLOTS as u16) };
        params.electorate.activity_cutoff = CUTOFF;
        params.electorate.max_validators = 5;
        let mut world = World::with(params.clone(), 8);
        let mut model = Model::new(params, 8);
        for (n, &power) in (0..).zip(&powers) {
            world.stake.power.insert(Some(user(n)), Power::new(power.into()));
        }
        for step in steps {
            let height = world.height;
            match step {
                Step::Wait(blocks) => world.height += blocks,
                Step::Power(who, power) => {
                    powers[who as usize] = power;
                    world.stake.power.insert(Some(user(who)), Power::new(power.into()));
                }
                Step::Register(who) => {
                    let want = model.register(who, height);
                    let done = world.register(user(who), 10_000).is_ok();
                    prop_assert_eq!(done, want.is_some());
                    if let Some(uid) = want {
                        prop_assert_eq!(uid_of(&world.store, 0, user(who)), Some(uid as u16));
                    }
                }
                Step::Leave(who) => {
                    let done = world.apply(user(who), Command::Leave { topic: 0 }).is_ok();
                    prop_assert_eq!(done, model.seat(who).is_some());
                    if let Some(seat) = model.seat(who) {
                        *seat = Seat::default();
                    }
                }
                Step::Submit(who, row) => {
                    let done = world.submit(who, &row).is_ok();
                    prop_assert_eq!(done, model.seat(who).is_some());
                    if let Some(seat) = model.seat(who) {
                        seat.row = Some((height, accept_row(&row, SLOTS).unwrap()));
                    }
                }
                Step::Close(rows) => {
                    let due = height >= model.last_close + TEMPO;
                    let mut last = world.close(rows);
                    prop_assert_eq!(last.is_ok(), due);
                    if !due {
                        continue;
                    }
                    while Get::<Closing>::get(&world.store, 0).height != Height::ZERO {
                        last = world.close(rows);
                    }
                    let (ours, theirs) = (distribution(&last.unwrap()), model.close(&powers, height));
                    let scores = |all: &[u64]| -> Vec<(u16, u64)> {
                        (0..).zip(all.iter().copied()).filter(|score| score.1 != 0).collect()
                    };
                    prop_assert_eq!(ours.incentives, scores(&theirs.incentives));
                    let dividends: Vec<_> = ours.dividends.iter().map(|d| (d.uid, d.score)).collect();
                    prop_assert_eq!(dividends, scores(&theirs.dividends));
                    prop_assert_eq!(Epoch::new(ours.epoch.get() + 1), topic(&world.store, 0).unwrap().epoch);
                    compare(&world, &model);
                }
            }
        }
        compare(&world, &model);
    }
}
