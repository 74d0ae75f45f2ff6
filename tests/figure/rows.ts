/** Rows and axes for tests of the chart helpers: two rules over five steps. */
export const rows = ['plain', 'with momentum'].flatMap((rule, r) =>
  [0, 1, 2, 3, 4].map((step) => ({ rule, step, loss: step + r, low: step + r - 0.5, high: step + r + 0.25 })),
);
export const last = rows.filter(({ step }) => step === 4);
export const step = { field: 'step', title: 'Step' } as const;
export const loss = { field: 'loss', title: 'Loss' } as const;
export const rule = { field: 'rule', title: 'Rule' } as const;
