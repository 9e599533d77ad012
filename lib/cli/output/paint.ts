import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text, or leaves it: only a terminal gets colours. */
export type Paint = (style: Style, text: string) => string;

/** Paints for a terminal and for nobody else. */
export const paintFor =
  (isTty: boolean): Paint =>
  (style, text) =>
    isTty ? styleText(style, text, { validateStream: false }) : text;
