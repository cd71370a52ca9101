"""The state of a module: what ``state_dict`` gives and ``load_state_dict`` takes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from adapters.reference.autograd.mode import no_grad
from adapters.reference.nn.parameter import Parameter
from adapters.reference.nn.state_hooks import EXTRA_STATE, StateHooks
from adapters.reference.tensor import Tensor

if TYPE_CHECKING:
    from adapters.reference.nn.module import Module


class IncompatibleKeys(NamedTuple):
    """What ``load_state_dict`` found: keys of the module that were missing, and keys that it does not have."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


class Loading(NamedTuple):
    """How a state is loaded, and what came of it so far."""

    strict: bool
    assign: bool
    result: IncompatibleKeys
    wrong: list[str]


class State(StateHooks):
    """The part of a module that gives and takes its state."""

    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: dict[str, Module | None]
    _transient: set[str]

    def state_entries(self, prefix: str) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the key of every tensor of the module's own state, the mapping that holds it, and its name there."""
        for name, parameter in self._parameters.items():
            if parameter is not None:
                yield prefix + name, self._parameters, name
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._transient:
                yield prefix + name, self._buffers, name

    def state_dict(
        self, *, destination: dict[str, Any] | None = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Any]:
        """Return parameters and persistent buffers by their dotted names, sharing memory with the module.

        Args:
            destination: The mapping to fill, a new one where not given.
            prefix: What every key starts with.
            keep_vars: Give the tensors themselves and not detached ones.
        """
        state = OrderedDict() if destination is None else destination
        for hook in list(self._state_pre_hooks.values()):
            hook(self, prefix, keep_vars)
        for key, holder, name in self.state_entries(prefix):
            state[key] = holder[name] if keep_vars else holder[name].detach()
        if self.has_extra_state():
            state[prefix + EXTRA_STATE] = self.get_extra_state()
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=state, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
        for hook in list(self._state_post_hooks.values()):
            hook(self, state, prefix, {})
        return state

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copy the tensors of ``state_dict`` into the parameters and buffers of the same names.

        Args:
            state_dict: What :meth:`state_dict` of an alike module gave.
            strict: Refuse missing and unexpected keys.
            assign: Take the tensors themselves and not copies of their elements.

        Raises:
            TypeError: ``state_dict`` is no mapping.
            RuntimeError: A shape differs or, with ``strict``, a key is missing or unexpected; the text names all.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"load_state_dict: expected a mapping of names to tensors, not {type(state_dict).__name__}")
        result = IncompatibleKeys([], [])
        wrong: list[str] = []
        self.load_level(OrderedDict(state_dict), "", Loading(strict, assign, result, wrong))
        if strict and result.unexpected_keys:
            wrong.insert(0, f"unexpected key(s) in state_dict: {_quoted(result.unexpected_keys)}")
        if strict and result.missing_keys:
            wrong.insert(0, f"missing key(s) in state_dict: {_quoted(result.missing_keys)}")
        if wrong:
            raise RuntimeError(f"state_dict does not fit {type(self).__name__}:\n\t" + "\n\t".join(wrong))
        return result

    def load_level(self, state_dict: dict[str, Any], prefix: str, loading: Loading) -> None:
        """Load this module's own state and that of all below; note what is missing, unexpected and wrong."""
        missing, unexpected = loading.result
        for hook in list(self._load_state_pre_hooks.values()):
            hook(self, state_dict, prefix, {}, loading.strict, missing, unexpected, loading.wrong)
        names = {EXTRA_STATE} if self.has_extra_state() else set()
        if names and prefix + EXTRA_STATE in state_dict:
            self.set_extra_state(state_dict[prefix + EXTRA_STATE])
        elif names:
            missing.append(prefix + EXTRA_STATE)
        for key, holder, name in self.state_entries(prefix):
            names.add(name)
            if key in state_dict:
                loading.wrong.extend(_load(key, holder, name, state_dict[key], loading.assign))
            else:
                missing.append(key)
        below = {name: module for name, module in self._modules.items() if module is not None}
        for key in state_dict:
            rest = key.removeprefix(prefix)
            if key.startswith(prefix) and rest not in names and rest.partition(".")[0] not in below:
                unexpected.append(key)
        for name, module in below.items():
            module.load_level(state_dict, f"{prefix}{name}.", loading)
        for hook in list(self._load_state_post_hooks.values()):
            hook(self, loading.result)


def _load(key: str, holder: dict[str, Any], name: str, given: Any, assign: bool) -> list[str]:
    """Load one tensor and return what is wrong with it, if anything."""
    held: Tensor = holder[name]
    if not isinstance(given, Tensor):
        return [f"{key}: expected a Tensor, not a {type(given).__name__}"]
    if given.array.shape != held.array.shape:
        return [f"size mismatch for {key}: expected {held.shape}, as the module has, not {given.shape}"]
    if not assign:
        with no_grad():
            held.copy_(given)
    elif isinstance(held, Parameter):
        flag = held.requires_grad  # read first: it may be the very same parameter
        holder[name] = given.requires_grad_(flag) if isinstance(given, Parameter) else Parameter(given, flag)
    else:
        holder[name] = given
    return []


def _quoted(keys: list[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)
