// A child of the bootstrap must not outlive it, not even when the bootstrap is killed outright:
// the channel between them closes then, and the child asks itself to stop in the ordinary way.
const leashed = process.channel;
if (leashed !== undefined && leashed !== null && process.env.SHEAF_LEASH === String(process.ppid)) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  leashed.unref();
}
