/** Called once when the Next server starts. The edge build of this file has no process to look after. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { followSupervisor, runUpkeep } = await import('@/lib/http/server-process');
  const { speakToEachRequest } = await import('@/lib/client/language/server');
  speakToEachRequest();
  followSupervisor();
  runUpkeep();
}
