"""Which process audits what, and when: dialogs that could be taken for each other never run together."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from typing import Protocol

#: A process begins with a case only once it knows of the next one, or that there is none.
_AHEAD = 2


class Node(Protocol):
    """What pytest-xdist knows a process by."""

    @property
    def shutting_down(self) -> bool:
        """Whether it has been told that nothing more will come."""
        ...

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        """Give it cases, by their numbers."""
        ...

    def shutdown(self) -> None:
        """Tell it that nothing more will come."""
        ...


class GroupScheduling:
    """Hands out cases so that those of one group are audited one after the other, whoever does it.

    What one dialog has made without a word is told by comparing lists: another of the same end user,
    service and environment at the same time would be credited with it. pytest-xdist's own `loadgroup` runs
    what a process broke down in a second time, and gives out whole groups; so this is a schedule of its own.

    A process keeps to its group, unless a larger one is free and there are enough for everybody: the large
    ones get smaller first, and all processes end at about the same time.

    Args:
        groups: The group of each case.
        processes: How many processes there are at the start.
    """

    def __init__(self, groups: Sequence[Hashable], processes: int) -> None:
        self._groups = groups
        self._processes = processes
        self._waiting: dict[Hashable, deque[int]] = {}
        for case, group in enumerate(groups):
            self._waiting.setdefault(group, deque()).append(case)
        self._given: dict[Node, list[int]] = {}
        self._ready: set[Node] = set()
        self._collected = 0
        self._names: Sequence[str] = ()

    @property
    def nodes(self) -> list[Node]:
        """All processes that are there."""
        return list(self._given)

    @property
    def collection_is_completed(self) -> bool:
        """Whether as many processes have read the cases as there were at the start."""
        return self._collected >= self._processes

    @property
    def tests_finished(self) -> bool:
        """Whether there is nothing left to hand out: the last case of each process waits for that word."""
        is_out = not self._waiting and all(len(given) < _AHEAD for given in self._given.values())
        return self.collection_is_completed and is_out

    @property
    def has_pending(self) -> bool:
        """Whether any case is not done."""
        return bool(self._waiting) or any(self._given.values())

    def add_node(self, node: Node) -> None:
        """A process has started."""
        self._given[node] = []

    def add_node_collection(self, node: Node, collection: Sequence[str]) -> None:
        """A process has read the cases. If it cannot, nothing is handed out, and it is told elsewhere why."""
        self._collected += 1
        self._ready.add(node)
        self._names = collection
        if len(collection) != len(self._groups):
            self._waiting.clear()

    def schedule(self) -> None:
        """Give each process what it can do now: something to each, before any gets more."""
        for wanted in range(1, _AHEAD + 1):
            for node in self.nodes:
                self._feed(node, wanted)

    def mark_test_complete(self, node: Node, item_index: int, duration: float = 0) -> None:
        """A case is done, whatever it took; its group may be free for others now."""
        del duration
        self._given[node].remove(item_index)
        self.schedule()

    def remove_node(self, node: Node) -> str | None:
        """A process has ended. Returns the case that it broke down in, which is not handed out again here."""
        given = self._given.pop(node)
        self._ready.discard(node)
        if not given:
            return None
        broken, *others = given
        for case in reversed(others):
            self._waiting.setdefault(self._groups[case], deque()).appendleft(case)
        self.schedule()
        return self._names[broken]

    def mark_test_pending(self, item: str) -> None:
        """Be no more than the protocol asks for: nobody calls it here."""
        raise NotImplementedError

    def remove_pending_tests_from_node(self, node: Node, indices: Sequence[int]) -> None:
        """Be no more than the protocol asks for: nothing is taken back from a process."""
        raise NotImplementedError

    def _feed(self, node: Node, wanted: int) -> None:
        given = self._given[node]
        if node not in self._ready or node.shutting_down or len(given) >= wanted:
            return
        case = self._next_for(node)
        if case is None:
            node.shutdown()  # what is left is in the groups of others, who go on with them
            return
        given.append(case)
        node.send_runtest_some([case])

    def _next_for(self, node: Node) -> int | None:
        """Take a case out of a group that no other process has any of."""
        others = (cases for other, cases in self._given.items() if other is not node)
        taken = {self._groups[case] for cases in others for case in cases}
        free = {group: len(cases) for group, cases in self._waiting.items() if group not in taken}
        if not free:
            return None
        largest = max(free, key=free.__getitem__)
        own = self._groups[self._given[node][-1]] if self._given[node] else None
        is_scarce = len(free) <= len(self._given)
        stays = own is not None and own in free and (is_scarce or free[own] >= free[largest])
        chosen = own if stays else largest
        case = self._waiting[chosen].popleft()
        if not self._waiting[chosen]:
            del self._waiting[chosen]
        return case
