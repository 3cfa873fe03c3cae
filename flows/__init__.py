"""Prefect flows, one file a flow, each named for what an officer would ask for."""
