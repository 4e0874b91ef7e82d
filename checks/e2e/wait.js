// Waiting for conditions, never for time.

/** Long enough for a busy machine; a passing test never waits for it. */
export const PATIENCE = 120_000;

/**
 * Asks until the answer is given.
 *
 * @param {string} what is waited for, for the error
 * @param {() => Promise<any>} ask anything true is the answer
 */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      last = await ask();
      if (last) {
        return last;
      }
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${patience / 1000} s in vain for: ${what} (last: ${last})`);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/**
 * Watches that something stays true while something else happens: `hold` is asked before, and again and again until
 * `meanwhile` is done, and once after.
 */
export async function stays(what, hold, meanwhile) {
  let done = false;
  const check = async () => {
    if (!(await hold())) {
      throw new Error(`no longer true: ${what}`);
    }
  };
  await check();
  const work = meanwhile().finally(() => { done = true; });
  try {
    while (!done) {
      await check();
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  } finally {
    await work;
  }
  await check();
}
