/** Whether a text written `YYYY-MM-DD` is a day of the calendar: 2027-02-30 is none. */
export const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};
