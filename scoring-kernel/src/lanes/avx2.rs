//! Lanes in an AVX2 register: the only `unsafe` of the crate.
//!
//! Every block below is one of two things: an intrinsic that needs AVX2, or one that reads or writes
//! 16 or 32 bytes without alignment. The second is sound because its pointer comes from a reference to
//! an array of exactly that size. The first is sound because an [`Avx2`] is only made inside
//! [`Avx2::with`], which checks the processor: the type is private to the crate and its functions are
//! only named in the generic body that `with` runs.

#![expect(unsafe_code, reason = "intrinsics; the module's documentation argues each kind")]

use super::{Lanes, Octet, Octet16, Run, TABLE};
use core::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm_storeu_si128, _mm256_add_epi32, _mm256_add_epi64,
    _mm256_and_si256, _mm256_andnot_si256, _mm256_blend_epi32, _mm256_blendv_epi8,
    _mm256_castsi256_ps, _mm256_castsi256_si128, _mm256_cmpeq_epi32, _mm256_cmpgt_epi32,
    _mm256_cvtepu16_epi32, _mm256_loadu_si256, _mm256_max_epu32, _mm256_min_epu32,
    _mm256_movemask_ps, _mm256_mul_epu32, _mm256_mullo_epi32, _mm256_or_si256, _mm256_packus_epi32,
    _mm256_permute4x64_epi64, _mm256_set_m128i, _mm256_set1_epi32, _mm256_sllv_epi32,
    _mm256_srli_epi32, _mm256_srli_epi64, _mm256_srlv_epi32, _mm256_storeu_si256, _mm256_sub_epi32,
    _mm256_testz_si256, _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32,
    _mm256_unpacklo_epi64, _mm256_xor_si256,
};

/// Eight lanes in one register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(__m256i);

impl Avx2 {
    /// Runs `body` on AVX2 lanes if the processor has them, else gives it back.
    pub(crate) fn with<R: Run>(body: R) -> Result<R::Output, R> {
        #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt")]
        fn compiled_for_avx2<R: Run>(body: R) -> R::Output {
            body.run::<Avx2>()
        }
        if std::is_x86_feature_detected!("avx2")
            && std::is_x86_feature_detected!("bmi1")
            && std::is_x86_feature_detected!("bmi2")
            && std::is_x86_feature_detected!("lzcnt")
        {
            // SAFETY: the processor has the features that the function is compiled for.
            Ok(unsafe { compiled_for_avx2(body) })
        } else {
            Err(body)
        }
    }
}

/// An operation of one intrinsic on registers.
macro_rules! register {
    ($intrinsic:expr) => {
        // SAFETY: a register operation; the module's documentation says why AVX2 is there.
        Self(unsafe { $intrinsic })
    };
}

impl Lanes for Avx2 {
    #[inline(always)]
    fn splat(x: u32) -> Self {
        register!(_mm256_set1_epi32(x.cast_signed()))
    }

    #[inline(always)]
    fn load(from: &Octet) -> Self {
        // SAFETY: the reference is to 32 readable bytes.
        Self(unsafe { _mm256_loadu_si256(from.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, to: &mut Octet) {
        // SAFETY: the reference is to 32 writable bytes.
        unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    fn load_u16(from: &Octet16) -> Self {
        // SAFETY: the reference is to 16 readable bytes.
        Self(unsafe { _mm256_cvtepu16_epi32(_mm_loadu_si128(from.as_ptr().cast())) })
    }

    #[inline(always)]
    fn store_u16(self, to: &mut Octet16) {
        // SAFETY: the reference is to 16 writable bytes.
        unsafe {
            let packed = _mm256_packus_epi32(self.0, self.0);
            let joined = _mm256_permute4x64_epi64(packed, 0b1000);
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm256_castsi256_si128(joined));
        }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        register!(_mm256_add_epi32(self.0, other.0))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        register!(_mm256_sub_epi32(self.0, other.0))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        register!(_mm256_min_epu32(self.0, other.0))
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        register!(_mm256_max_epu32(self.0, other.0))
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        register!(_mm256_and_si256(self.0, other.0))
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        register!(_mm256_andnot_si256(other.0, self.0))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        register!(_mm256_or_si256(self.0, other.0))
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        register!(_mm256_xor_si256(self.0, other.0))
    }

    #[inline(always)]
    fn shl(self, by: Self) -> Self {
        register!(_mm256_sllv_epi32(self.0, by.0))
    }

    #[inline(always)]
    fn shr(self, by: Self) -> Self {
        register!(_mm256_srlv_epi32(self.0, by.0))
    }

    #[inline(always)]
    fn shift<const BY: i32>(self) -> Self {
        register!(_mm256_srli_epi32(self.0, BY))
    }

    #[inline(always)]
    fn mul_high(self, other: Self) -> Self {
        register!({
            let even = _mm256_srli_epi64(_mm256_mul_epu32(self.0, other.0), 32);
            let (a, b) = (_mm256_srli_epi64(self.0, 32), _mm256_srli_epi64(other.0, 32));
            _mm256_blend_epi32(even, _mm256_mul_epu32(a, b), 0b1010_1010)
        })
    }

    #[inline(always)]
    fn mul_low(self, other: Self) -> Self {
        register!(_mm256_mullo_epi32(self.0, other.0))
    }

    #[inline(always)]
    fn grow(self, high: Self, low: Self) -> Self {
        register!({
            let n = self.0;
            let n_odd = _mm256_srli_epi64(n, 32);
            let low_odd = _mm256_srli_epi64(low.0, 32);
            let high_odd = _mm256_srli_epi64(high.0, 32);
            let even = _mm256_srli_epi64(_mm256_mul_epu32(n, low.0), 32);
            let odd = _mm256_srli_epi64(_mm256_mul_epu32(n_odd, low_odd), 32);
            let even = _mm256_add_epi64(even, _mm256_mul_epu32(n, high.0));
            let odd = _mm256_add_epi64(odd, _mm256_mul_epu32(n_odd, high_odd));
            let product = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0b1010_1010);
            _mm256_add_epi32(product, n)
        })
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        register!(_mm256_cmpeq_epi32(self.0, other.0))
    }

    #[inline(always)]
    fn below_signed(self, other: Self) -> Self {
        register!(_mm256_cmpgt_epi32(other.0, self.0))
    }

    #[inline(always)]
    fn choose(self, yes: Self, no: Self) -> Self {
        register!(_mm256_blendv_epi8(no.0, yes.0, self.0))
    }

    #[inline(always)]
    fn look_up(self, table: &[[u32; 4]; TABLE]) -> [Self; 4] {
        let mut offsets = [0; 8];
        self.and(Self::splat(TABLE as u32 - 1)).store(&mut offsets);
        let [a, b, c, d, e, f, g, h] = offsets;
        let row = |index: u32| table.as_ptr().wrapping_add(index as usize).cast();
        // SAFETY: every pointer is to one of the table's rows, whose number is a power of two: 16
        // readable bytes. The rest are register operations.
        unsafe {
            let (a, b) = (_mm_loadu_si128(row(a)), _mm_loadu_si128(row(b)));
            let (c, d) = (_mm_loadu_si128(row(c)), _mm_loadu_si128(row(d)));
            let (e, f) = (_mm_loadu_si128(row(e)), _mm_loadu_si128(row(f)));
            let (g, h) = (_mm_loadu_si128(row(g)), _mm_loadu_si128(row(h)));
            let (ae, bf) = (_mm256_set_m128i(e, a), _mm256_set_m128i(f, b));
            let (cg, dh) = (_mm256_set_m128i(g, c), _mm256_set_m128i(h, d));
            let (ab, cd) = (_mm256_unpacklo_epi32(ae, bf), _mm256_unpacklo_epi32(cg, dh));
            let (ab2, cd2) = (_mm256_unpackhi_epi32(ae, bf), _mm256_unpackhi_epi32(cg, dh));
            [
                Self(_mm256_unpacklo_epi64(ab, cd)),
                Self(_mm256_unpackhi_epi64(ab, cd)),
                Self(_mm256_unpacklo_epi64(ab2, cd2)),
                Self(_mm256_unpackhi_epi64(ab2, cd2)),
            ]
        }
    }

    #[inline(always)]
    fn bits(self) -> u32 {
        // SAFETY: a register operation; the module's documentation says why AVX2 is there.
        unsafe { _mm256_movemask_ps(_mm256_castsi256_ps(self.0)) }.cast_unsigned()
    }

    #[inline(always)]
    fn any(self) -> bool {
        // SAFETY: a register operation; the module's documentation says why AVX2 is there.
        unsafe { _mm256_testz_si256(self.0, self.0) == 0 }
    }
}
