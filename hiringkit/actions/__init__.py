"""What users do, as functions over a store, a library and a clock; front ends call nothing else."""
