"""The store on disk: immutable generations, their writer and reader, and what the rules add."""
