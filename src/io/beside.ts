import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * Runs a module in a thread beside this one and gives what it posts. The module calls `answer`. Throws
 * what it throws, and an Error when it ends without a word.
 */
export const beside = <Answer>(module: URL, data: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: data });
    worker.once('message', (answer: Answer) => {
      resolve(answer);
      // It ends by itself, having kept what was compiled for it; nobody waits for that.
      worker.unref();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`${module.pathname} ended without an answer`)));
  });

/** What the module of a thread does with what it was given. */
export async function answer<Given, Answer>(work: (given: Given) => Answer | Promise<Answer>): Promise<void> {
  parentPort?.postMessage(await work(workerData as Given));
}

/** How many threads this process may run at once. */
export const cores = (): number => availableParallelism();
