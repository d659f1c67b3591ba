/** The clock of the book while a demonstration is loaded: what was decided years ago is entered as if it were then. */
export interface DemoClock {
  readonly now: () => Date;
  /** Stands still at that moment from here on; null goes with the time again. */
  set(at: string | null): void;
}

/** @param now the time that goes on. */
export function demoClock(now: () => Date = () => new Date()): DemoClock {
  let stands: Date | null = null;
  return {
    now: () => stands ?? now(),
    set(at) {
      stands = at === null ? null : new Date(at);
    },
  };
}
