/** The one clock of all clouds. It stands still unless it is moved, so that a rehearsal sees the same times every run. */
export class Clock {
  private time: number;

  constructor(start: Date) {
    this.time = start.getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  /** @param ms Milliseconds to move on by. */
  advance(ms: number): void {
    this.time += ms;
  }

  set(date: Date): void {
    this.time = date.getTime();
  }
}
