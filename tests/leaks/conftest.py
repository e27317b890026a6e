from tests.dialog.conftest import bench, benches, make_bench, other_site, pytest_runtest_call

__all__ = ["bench", "benches", "make_bench", "other_site", "pytest_runtest_call"]
