/** What is wrong with a figure, said with the figure's name and, where one is at fault, the field. */

export class FigureError extends Error {
  override readonly name = 'FigureError';
  readonly figure: string;
  readonly field: string | undefined;

  constructor(figure: string, problem: string, field?: string) {
    super(field === undefined ? `figure ${figure}: ${problem}` : `figure ${figure}, field “${field}”: ${problem}`);
    this.figure = figure;
    this.field = field;
  }
}
