//! Every table of every module, in memory, slow and plain.

use crate::store::{All, Get, Has, Record};
use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, HashMap},
};

/// Rows of one table in the order of their first writing, found through an index that is never
/// iterated.
#[derive(Clone)]
struct Table<R: Record> {
    rows: Vec<(R::Key, R)>,
    places: HashMap<R::Key, usize>,
}

/// A table whose record type is forgotten.
trait AnyTable: Any {
    fn boxed(&self) -> Box<dyn AnyTable>;
    fn same(&self, other: &dyn Any) -> bool;
    fn is_empty(&self) -> bool;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<R: Record + 'static> AnyTable for Table<R> {
    fn boxed(&self) -> Box<dyn AnyTable> {
        Box::new(self.clone())
    }
    fn same(&self, other: &dyn Any) -> bool {
        let Some(other) = other.downcast_ref::<Self>() else { return false };
        let within = |a: &Self, b: &Self| {
            a.rows.iter().all(|(key, row)| {
                let there = b.places.get(key).map(|&at| &b.rows[at].1);
                there.map_or(*row == R::default(), |there| there == row)
            })
        };
        within(self, other) && within(other, self)
    }
    fn is_empty(&self) -> bool {
        self.rows.iter().all(|(_, row)| *row == R::default())
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// Holds any record of any module. Modules' tables do not mix: a table is found by its type.
#[derive(Default)]
pub struct Store {
    tables: BTreeMap<TypeId, Box<dyn AnyTable>>,
}

impl Clone for Store {
    fn clone(&self) -> Self {
        Self { tables: self.tables.iter().map(|(id, table)| (*id, table.boxed())).collect() }
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        let within = |a: &Self, b: &Self| {
            a.tables.iter().all(|(id, table)| match b.tables.get(id) {
                Some(there) => table.same(there.as_any()),
                None => table.is_empty(),
            })
        };
        within(self, other) && within(other, self)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store of {} tables", self.tables.len())
    }
}

impl Store {
    fn table<R: Record + 'static>(&self) -> Option<&Table<R>> {
        self.tables.get(&TypeId::of::<R>())?.as_any().downcast_ref()
    }
}

impl<R: Record + 'static> Get<R> for Store {
    fn get(&self, key: R::Key) -> R {
        let Some(table) = self.table::<R>() else { return R::default() };
        table.places.get(&key).map_or_else(R::default, |&at| table.rows[at].1.clone())
    }
}

impl<R: Record + 'static> Has<R> for Store {
    fn set(&mut self, key: R::Key, value: R) {
        let table = self.tables.entry(TypeId::of::<R>()).or_insert_with(|| {
            Box::new(Table::<R> { rows: Vec::new(), places: HashMap::default() })
        });
        let table: &mut Table<R> = table.as_any_mut().downcast_mut().expect("found by its type");
        let at = *table.places.entry(key).or_insert(table.rows.len());
        match table.rows.get_mut(at) {
            Some(row) => row.1 = value,
            None => table.rows.push((key, value)),
        }
    }
}

impl<R: Record + 'static> All<R> for Store {
    fn each(&self, visit: &mut dyn FnMut(R::Key, &R)) {
        let Some(table) = self.table::<R>() else { return };
        for (key, row) in table.rows.iter().filter(|(_, row)| *row != R::default()) {
            visit(*key, row);
        }
    }
}
