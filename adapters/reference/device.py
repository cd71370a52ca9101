"""Where tensors are: the CPU, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Device:
    """A device that holds tensors. Only ``cpu`` can be had."""

    type: str = "cpu"
    index: int | None = None

    def __post_init__(self) -> None:
        if self.type != "cpu":
            raise RuntimeError(f"device: expected 'cpu', the only device of the reference backend, not {self.type!r}")

    def __str__(self) -> str:
        return self.type

    def __repr__(self) -> str:
        return f"device(type={self.type!r})"


CPU = Device()


def require_cpu(device: Device | str | None) -> None:
    """Refuse a ``device`` argument that names anything but the CPU."""
    if device is not None and not isinstance(device, Device):
        Device(str(device).partition(":")[0])
