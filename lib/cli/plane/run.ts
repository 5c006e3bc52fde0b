import { closePool, closePrisma } from '@/lib/db';
import { startPlane } from '@/lib/http/plane/server';

/** Serves in this process. @returns ends it */
export async function runPlane(port: number): Promise<() => Promise<void>> {
  const plane = await startPlane(port);
  return async () => {
    await plane.close();
    await Promise.allSettled([closePool(), closePrisma()]);
  };
}
