/**
 * Characters that a reader does not see, or sees as something else: control and format characters (some turn the
 * direction of what follows), half of a surrogate pair, private and no characters, separators of lines, and the
 * replacement character, in whose place another one was lost. Two texts that differ in them alone look the same.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFFD]/u;

/** Why a text is refused, in words; undefined where it is not. */
export function faultOfText(text: string): string | undefined {
  if (text.trim() === "") return "must not be blank";
  return unseen.test(text)
    ? "must not hold control characters or others that cannot be seen"
    : undefined;
}
