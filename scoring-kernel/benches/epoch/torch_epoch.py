"""One classic Yuma epoch in PyTorch, on the sizes of the table: what `cargo bench` is compared with.

pip install torch; python3 scoring-kernel/benches/epoch/torch_epoch.py

Floats, so the bits are not those of the kernel; the steps are: normalise rows, weighted median by
bisection, clip, rank, bonds, dividends. Minimum of many runs, two threads.
"""

import time

import torch

KAPPA, ALPHA, HALVINGS = 0.5, 0.1, 17


def epoch(weights, stake, bonds):
    """Incentives, dividends and the bonds of the next epoch."""
    weights = weights / weights.sum(dim=1, keepdim=True)
    low = torch.zeros(weights.shape[1])
    high = torch.ones(weights.shape[1])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        support = (stake[:, None] * (weights > middle)).sum(dim=0)
        low = torch.where(support > KAPPA, middle, low)
        high = torch.where(support > KAPPA, high, middle)
    clipped = torch.minimum(weights, high)
    rank = stake @ clipped
    incentives = rank / rank.sum()
    bought = stake[:, None] * clipped
    bought = torch.nan_to_num(bought / bought.sum(dim=0))
    held = torch.nan_to_num(bonds / bonds.sum(dim=0))
    bonds = ALPHA * bought + (1 - ALPHA) * held
    bonds = torch.nan_to_num(bonds / bonds.sum(dim=0))
    dividends = bonds @ incentives
    return incentives, dividends / dividends.sum(), bonds


def main():
    torch.set_num_threads(2)
    torch.manual_seed(7)
    for validators, contributors in [(64, 256), (256, 1024), (64, 4096), (1024, 4096)]:
        weights = torch.rand(validators, contributors)
        stake = torch.rand(validators)
        stake /= stake.sum()
        bonds = torch.rand(validators, contributors)
        best, start = float("inf"), time.perf_counter()
        while time.perf_counter() < start + 3:
            begin = time.perf_counter()
            epoch(weights, stake, bonds)
            best = min(best, time.perf_counter() - begin)
        print(f"{validators}x{contributors}: {best * 1e3:.3f} ms")


if __name__ == "__main__":
    main()
