#!/bin/bash
# Workers for the experiments of a session, as an array:
#
#   export REPRISE_TOKEN=THE_TOKEN_OF_%workers
#   sbatch --array=1-32 slurm.sh
#
# Change: the address of the queue (the login node, when the session's kernel runs there with
# %workers listen 0.0.0.0:4222) and what a run needs of a machine.
#SBATCH --job-name=reprise-workers
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue

exec "${REPRISE:-reprise}" worker \
	--join="${REPRISE_QUEUE:-nats://queue.example.org:4222}" \
	--name="slurm-${SLURM_ARRAY_JOB_ID:-0}-${SLURM_ARRAY_TASK_ID:-0}" \
	--idle="${REPRISE_IDLE:-10m}"
