//! What must hold after every command.

use crate::{aim::Order, civic::is_governed};
use protocol::{
    AccountId, Amount, Command, Get, Height, ModuleId, Refusal, governance,
    laws::{
        Breach, Charter, Indices, Past, Proposals, Settings, assembly_laws, promises_are_kept,
        settings_are_the_authoritys, state_laws,
    },
    rewards,
    staking::{self, Account, MAX_UNBONDINGS},
    treasury,
};
use simulator::{bank::Holding, native::World};

/// The state before a command, as far as laws compare it with the one after.
pub(crate) struct Witness {
    past: Past,
    indices: Indices,
    settings: Settings,
    charter: Charter,
    proposals: Proposals,
    digests: [protocol::Digest; protocol::MODULES],
    may_not_be_refused: bool,
}

impl Witness {
    /// Takes it.
    pub(crate) fn of(w: &mut World, order: &Order) -> Self {
        let now = w.height().get();
        let heights = [now / 2, now - now / 8, now - 1, now].map(Height::new);
        Self {
            past: Past::of(&*w, &heights),
            indices: Indices::of(&*w),
            settings: Settings::of(&*w),
            charter: Charter::of(&*w),
            proposals: proposals(w),
            digests: w.digests(),
            may_not_be_refused: is_exit(w, order),
        }
    }

    /// Judges what the command has made of it.
    pub(crate) fn judge(
        &self,
        w: &mut World,
        order: &Order,
        outcome: Result<(), Refusal>,
    ) -> Result<(), Breach> {
        self.past.is_unchanged(&*w)?;
        match outcome {
            Err(_) if w.digests() != self.digests => {
                Err(Breach::new(27, format!("{order:?} was refused and changed the state")))
            }
            Err(refusal) if self.may_not_be_refused => {
                Err(Breach::new(24, format!("{order:?} was refused: {refusal}")))
            }
            Err(_) => Ok(()),
            Ok(()) => {
                self.indices.never_fall(&*w)?;
                let by = authority(w, order);
                settings_are_the_authoritys(&*w, &self.settings, by)?;
                self.charter.is_the_authoritys(&*w, by)?;
                go_forward(w, &self.proposals)?;
                Past::next_block_sees_now(&*w, w.height())?;
                state_is_lawful(w)?;
                a_second_claim_pays_nothing(w, order)
            }
        }
    }
}

/// Every law of a state, at this block, the next, and one long ago.
pub(crate) fn state_is_lawful(w: &World) -> Result<(), Breach> {
    let held: Holding = w.get(ModuleId::Staking.account());
    let now = w.height();
    for height in [now, now.after(1), Height::new(now.get() / 2)] {
        state_laws(w, height, held.amount)?;
    }
    let coins: Holding = w.get(ModuleId::Treasury.account());
    promises_are_kept(w, w.time(), coins.amount)?;
    assembly_laws(w)
}

/// Every proposal as it stands.
pub(crate) fn proposals(w: &World) -> Proposals {
    Proposals::of(w, w.height(), w.time())
}

/// Laws 9 to 12, after a command or after time went by.
pub(crate) fn go_forward(w: &World, before: &Proposals) -> Result<(), Breach> {
    before.go_forward(w, w.height(), w.time())
}

/// In whose name a command may change parameters: an execution acts for the treasury.
fn authority(w: &World, order: &Order) -> AccountId {
    let executes = matches!(
        order.command,
        Command::Treasury(treasury::Command::Execute { .. })
            | Command::Governance(governance::Command::Execute { .. })
    );
    if executes && is_governed(w) { ModuleId::Treasury.account() } else { order.sender }
}

/// Law 24: whether the command is an exit that nothing may stop, hooks that fail included.
fn is_exit(w: &World, order: &Order) -> bool {
    if !order.funds.is_zero() {
        return false;
    }
    let Account { position, unbondings, .. } = w.get(order.sender);
    match &order.command {
        Command::Staking(staking::Command::Unstake { amount }) => {
            let some = !amount.is_zero() && *amount <= position.bonded;
            some && unbondings.len() < MAX_UNBONDINGS
        }
        Command::Staking(staking::Command::Claim) => {
            unbondings.iter().any(|unbonding| unbonding.at <= w.time())
        }
        _ => false,
    }
}

/// Law 15: what was just claimed cannot be claimed again.
fn a_second_claim_pays_nothing(w: &mut World, order: &Order) -> Result<(), Breach> {
    let is_claim = matches!(
        order.command,
        Command::Staking(staking::Command::Claim | staking::Command::ClaimRewards)
            | Command::Rewards(
                rewards::Command::Claim { .. }
                    | rewards::Command::ClaimVested { .. }
                    | rewards::Command::ClaimLeaf { .. }
                    | rewards::Command::ReturnRest { .. }
            )
    );
    if !is_claim {
        return Ok(());
    }
    let before = w.digests();
    let again = w.execute(order.sender, order.command.clone(), Amount::ZERO);
    if again.is_ok() || w.digests() != before {
        return Err(Breach::new(15, format!("{order:?} paid twice")));
    }
    Ok(())
}
