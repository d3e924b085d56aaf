//! Lends a contract call's storage and querier to a virtual machine.
//!
//! cw-multi-test hands out references that live for one call; cosmwasm-vm wants
//! backends that live as long as the instance. The backend therefore holds a
//! [`Slot`], which is filled while [`Slot::lend`] runs and empty otherwise: an
//! instance that outlives its loan finds nothing, instead of freed memory.

use std::cell::Cell;
use std::mem::transmute;
use std::vec::IntoIter;

use cosmwasm_std::{Deps, DepsMut, Empty, QuerierWrapper, Record, Storage};

/// A contract's storage during one call: a query may only read it.
pub(super) enum Books<'a> {
    /// What a query gets.
    Reading(&'a dyn Storage),
    /// What every other entry point gets.
    Writing(&'a mut dyn Storage),
}

/// All that one call borrows from the chain, and the iterators it has opened.
pub(super) struct Ground<'a> {
    pub(super) books: Books<'a>,
    pub(super) querier: QuerierWrapper<'a, Empty>,
    pub(super) iterators: Vec<IntoIter<Record>>,
}

impl<'a> Ground<'a> {
    /// The ground of a query.
    pub(super) fn reading(deps: Deps<'a>) -> Self {
        Self { books: Books::Reading(deps.storage), querier: deps.querier, iterators: Vec::new() }
    }

    /// The ground of any entry point that may write.
    pub(super) fn writing(deps: DepsMut<'a>) -> Self {
        Self { books: Books::Writing(deps.storage), querier: deps.querier, iterators: Vec::new() }
    }

    /// The storage, to read.
    pub(super) fn storage(&self) -> &dyn Storage {
        match &self.books {
            Books::Reading(storage) => *storage,
            Books::Writing(storage) => *storage,
        }
    }
}

/// Where a backend finds the ground of the call in progress, if there is one.
#[derive(Default)]
pub(super) struct Slot(Cell<Option<Ground<'static>>>);

impl Slot {
    /// Lends `ground` while `call` runs, and takes it back however `call` ends.
    ///
    /// A loan inside a loan hides the outer one until it ends.
    #[expect(unsafe_code, reason = "a lifetime is erased; the argument stands where it happens")]
    pub(super) fn lend<T>(&self, ground: Ground<'_>, call: impl FnOnce() -> T) -> T {
        // SAFETY: only the lifetime changes. The erased value is reachable through
        // this slot alone, and through it only as `Ground<'g>` for a `'g` of
        // `visit`'s choosing, so that no visitor can keep a reference from it.
        // `Restore` empties the slot before this function returns or unwinds, that
        // is, while the true lifetime still holds; being a local that is never
        // handed out, it cannot be leaked. A `Slot` is not `Sync`, so each visit
        // lies on this thread's stack above this frame and has put the ground back
        // before this frame ends.
        let ground = unsafe { transmute::<Ground<'_>, Ground<'static>>(ground) };
        let _restore = Restore { slot: self, outer: self.0.replace(Some(ground)) };
        call()
    }

    /// Lets `visitor` use what is on loan; nothing is while no call is in progress,
    /// or while another visitor has it.
    pub(super) fn visit<T>(&self, visitor: impl for<'g> FnOnce(&mut Ground<'g>) -> T) -> Option<T> {
        let mut ground = self.0.take()?;
        let seen = visitor(&mut ground);
        self.0.set(Some(ground));
        Some(seen)
    }
}

/// Puts back what was on loan before.
struct Restore<'s> {
    slot: &'s Slot,
    outer: Option<Ground<'static>>,
}

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        self.slot.0.set(self.outer.take());
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    use cosmwasm_std::testing::{MockQuerier, MockStorage};
    use cosmwasm_std::{Empty, QuerierWrapper, Storage};

    use super::{Books, Ground, Slot};

    fn lend<T>(slot: &Slot, storage: &mut dyn Storage, call: impl FnOnce() -> T) -> T {
        let querier = MockQuerier::<Empty>::new(&[]);
        let querier = QuerierWrapper::new(&querier);
        slot.lend(Ground { books: Books::Writing(storage), querier, iterators: vec![] }, call)
    }

    fn read(slot: &Slot, key: &[u8]) -> Option<Option<Vec<u8>>> {
        slot.visit(|ground| ground.storage().get(key))
    }

    fn write(slot: &Slot, key: &[u8], value: &[u8]) {
        slot.visit(|ground| match &mut ground.books {
            Books::Writing(storage) => storage.set(key, value),
            Books::Reading(_) => panic!("lent to write"),
        });
    }

    #[test]
    fn what_is_written_on_loan_is_the_owners() {
        let (slot, mut storage) = (Slot::default(), MockStorage::new());
        lend(&slot, &mut storage, || write(&slot, b"key", b"value"));
        assert_eq!(storage.get(b"key"), Some(b"value".to_vec()));
    }

    #[test]
    fn a_slot_that_outlives_its_loan_is_empty() {
        let slot = Rc::new(Slot::default());
        {
            let mut storage = MockStorage::new();
            storage.set(b"key", b"value");
            assert_eq!(
                lend(&slot, &mut storage, || read(&slot, b"key")),
                Some(Some(b"value".to_vec()))
            );
        }
        assert_eq!(read(&slot, b"key"), None);
    }

    #[test]
    fn a_panic_ends_the_loan() {
        let (slot, mut storage) = (Slot::default(), MockStorage::new());
        let broken = AssertUnwindSafe(|| lend(&slot, &mut storage, || panic!("in the call")));
        assert!(catch_unwind(broken).is_err());
        assert_eq!(read(&slot, b"key"), None);
        let broken = AssertUnwindSafe(|| {
            lend(&slot, &mut storage, || slot.visit(|_| panic!("in the visit")));
        });
        assert!(catch_unwind(broken).is_err());
        assert_eq!(read(&slot, b"key"), None);
    }

    #[test]
    fn a_loan_inside_hides_the_outer_one_until_it_ends() {
        let (slot, mut outer, mut inner) =
            (Slot::default(), MockStorage::new(), MockStorage::new());
        outer.set(b"key", b"outer");
        inner.set(b"key", b"inner");
        lend(&slot, &mut outer, || {
            assert_eq!(
                lend(&slot, &mut inner, || read(&slot, b"key")),
                Some(Some(b"inner".to_vec()))
            );
            assert_eq!(read(&slot, b"key"), Some(Some(b"outer".to_vec())));
        });
    }

    #[test]
    fn one_visitor_at_a_time() {
        let (slot, mut storage) = (Slot::default(), MockStorage::new());
        lend(&slot, &mut storage, || {
            assert_eq!(slot.visit(|_| read(&slot, b"key")), Some(None));
            assert_eq!(read(&slot, b"key"), Some(None));
        });
    }
}
