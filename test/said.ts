/** What a message must be: the text, word for word, with … for anything. */
export function saidLike(text: string): RegExp {
  const words = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${words.join('.*')}$`);
}
