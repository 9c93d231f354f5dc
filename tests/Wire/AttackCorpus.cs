using System.Text;

namespace Platform.Tests.Wire;

/// <summary>What the corpus needs to know of a schema to attack it.</summary>
/// <param name="Plain">A selection of one root field that anybody who asks may have.</param>
/// <param name="Told">A selection of one root field with a nullable text, given as a literal or a variable.</param>
/// <param name="Cut">The same, cut off where the text begins.</param>
/// <param name="OneItem">A root field that gives one object of the type Item, without its selection set.</param>
/// <param name="Circle">A document that comes back to a coordinate more often than any limit allows.</param>
/// <param name="Mutation">A root field of a mutation.</param>
/// <param name="Nul">The code that U+0000 in a text meets; null where it is a character like others.</param>
public sealed record AttackWords(
    string Plain, Func<string, string> Told, string Cut, string OneItem, string Circle, string Mutation, string? Nul);

/// <summary>The documents of our checklist, for any schema whose root has <c>items(first:) { nodes { id } }</c>.</summary>
public static class AttackCorpus
{
    /// <summary>A name that begins with the check's id, the document, and the code it must meet; null where it is harmless.</summary>
    public static IEnumerable<(string Name, string Document, string? Code)> Of(AttackWords words)
    {
        var plain = $"{{ {words.Plain} }}";
        yield return ("G-01 unterminated", Repeat("{a", 20_000), "SYNTAX_DEPTH");
        yield return ("G-01 terminated", Repeat("{a", 10_000) + Repeat("}", 10_000), "SYNTAX_DEPTH");
        yield return ("G-01 short", Repeat("{a", 1_000), "SYNTAX_DEPTH");
        yield return ("G-02 lists", "{ " + words.Cut + Repeat("[", 30_000), "SYNTAX_DEPTH");
        yield return ("G-02 objects", "{ " + words.Cut + Repeat("{a:", 15_000), "SYNTAX_DEPTH");
        yield return ("G-03 types", "query($v: " + Repeat("[", 30_000) + "Int", "SYNTAX_DEPTH");
        yield return ("G-05 names", "{" + Repeat("a ", 20_000) + "}", "SYNTAX_FIELDS");
        yield return ("G-05 strings", "{ " + words.Told("\"\"\"" + Repeat("\\\"\"\"", 10_000) + "\"\"\"") + " }", null);
        yield return ("G-05 comments", Repeat("#\n", 20_000) + plain, null);
        yield return ("G-05 commas", Repeat(",", 40_000) + plain, null);
        yield return ("G-05 byte order marks", Repeat("\ufeff", 10_000) + plain, null);
        yield return ("G-06 huge float", "{ items(first: 1e400) { nodes { id } } }", "VALIDATION");
        yield return ("G-06 huge integer", "{ items(first: " + Repeat("9", 400) + ") { nodes { id } } }", "VALIDATION");
        yield return ("G-06 NUL", "{ " + words.Told("\"\\u0000\"") + " }", words.Nul);
        yield return ("G-06 half a pair", "{ " + words.Told("\"\\ud800\"") + " }", "HC0014");
        yield return ("G-06 right to left", "{ " + words.Told("\"\u202e\"") + " }", null);
        yield return ("G-07 typenames", Aliases(101, "__typename"), "MAX_ALIASES");
        yield return ("G-07 root field", Aliases(31, words.Plain), "MAX_ALIASES");
        yield return ("G-08 by fragments", FragmentAliases(words, 20), "MAX_ALIASES");
        yield return ("G-09 duplicates", "{" + Repeat(words.Plain + " ", 500) + "}", null);
        yield return ("G-09 more duplicates", "{" + Repeat(words.Plain + " ", 2_000) + "}", "SYNTAX_FIELDS");
        yield return ("G-11 fan-out", FanOut(words, 30), "MAX_FRAGMENT_VISITS");
        yield return ("G-12 circle", "{ ...a } fragment a on Query { ...a }", "VALIDATION");
        yield return ("G-12 mutual circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ... { ...a } }", "VALIDATION");
        yield return ("G-12 unused circle", plain + " fragment a on Query { ...b } fragment b on Query { ...a }", "VALIDATION");
        yield return ("G-13 ten directives", "{ __typename " + Repeat("@a ", 10) + "}", "MAX_DIRECTIVES");
        yield return ("G-13 many directives", "{ __typename " + Repeat("@a ", 500) + "}", "MAX_DIRECTIVES");
        yield return ("G-13 skip twice", "{ __typename @skip(if: false) @skip(if: false) }", "VALIDATION");
        yield return ("G-14 wrong argument", "query($v: String) { __typename @include(if: $v) }", "VALIDATION");
        yield return ("G-14 method", "{ __typename @x(method: \"System.Diagnostics.Process.Start\") }", "VALIDATION");
        yield return ("G-15 circle", words.Circle, "HC0087");
        yield return ("G-21 mutations", "mutation {" + string.Concat(Enumerable.Range(0, 11).Select(i => $" m{i}: {words.Mutation}")) + "}", "MAX_ALIASES");
        yield return ("G-22 schema", "{ __schema { queryType { name } } }", "HC0046");
        yield return ("G-22 type", "{ __type(name: \"Item\") { name } }", "HC0046");
        yield return ("G-22 inline", "{ ... on Query { ... { x: __type(name: \"Item\") { name } } } }", "HC0046");
        yield return ("G-22 fragment", "{ ...f } fragment f on Query { __schema { queryType { name } } }", "HC0046");
        yield return ("G-22 typename", "{ __typename }", null);
        yield return ("G-23 field", "{ helo }", "VALIDATION");
        yield return ("G-25 nonsense", "qwerty cop {", "HC0014");
        yield return ("G-49 two without a name", plain + " query B " + plain, "VALIDATION");
        yield return ("G-49 no name given", $"query A {plain} query B {plain}", "OPERATION_NOT_FOUND");
        yield return ("G-58 deferred a thousand times", "{" + Repeat("... @defer { __typename } ", 1_000) + "}", "MAX_DIRECTIVES");
        yield return ("G-59 unused variables", "query(" + string.Concat(Enumerable.Range(0, 500).Select(i => $"$v{i}: Int ")) + ") " + plain, "VALIDATION");
        yield return ("too long", plain + Repeat(" ", 64 * 1024), "DOCUMENT_TOO_LARGE");
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Aliases(int count, string field) =>
        "{" + string.Concat(Enumerable.Range(0, count).Select(i => $" a{i}: {field}")) + " }";

    private static string FragmentAliases(AttackWords words, int spreads) =>
        "{" + string.Concat(Enumerable.Range(0, spreads).Select(i => $" i{i}: {words.OneItem} {{ ...f }}")) +
        "} fragment f on Item { a: id b: id c: id d: id e: id }";

    private static string FanOut(AttackWords words, int levels)
    {
        var text = new StringBuilder("{ ...f0 ...f0 }");
        for (var i = 0; i < levels; i++)
        {
            text.Append($" fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}");
        }

        return text.Append($" fragment f{levels} on Query {{ {words.Plain} }}").ToString();
    }
}
