/** Turns raw XML text into the characters it stands for: the five named references and numeric ones, nothing else. */

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A reference that XML itself knows. */
export const reference = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g;

/** Decodes references; an unknown one stays as written. The result is never longer than the input. */
export function decode(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return named.get(name) ?? whole;
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Encodes text for an element's content or a double-quoted attribute. */
export function encode(text: string): string {
  return text.replace(/[&<>"]/g, (character) => {
    for (const [name, plain] of named) if (plain === character) return `&${name};`;
    return character;
  });
}

/** The text of an element without child elements: comments left out, CDATA taken as it is. */
export function contentText(raw: string): string {
  if (!raw.includes('<')) return decode(raw);
  return raw
    .split(/(<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => {
      if (part.startsWith('<!--')) return '';
      return part.startsWith('<![CDATA[') ? part.slice(9, -3) : decode(part);
    })
    .join('');
}
