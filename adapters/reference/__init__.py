"""The reference backend: a NumPy neural-net framework of its own with torch's surface."""

BACKENDS = {"ref": "adapter:backend"}
