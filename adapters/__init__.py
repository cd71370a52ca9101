"""What plugs frameworks into the suite: the contract, the registry, and one folder a backend."""
