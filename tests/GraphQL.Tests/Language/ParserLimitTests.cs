using Platform.GraphQL.Language;

namespace Platform.Tests.GraphQL.Language;

/// <summary>G-01…G-05: no text is deep or long enough to hurt the process.</summary>
public class ParserLimitTests
{
    private static readonly ParserLimits _longTexts = ParserLimits.Default with
    {
        MaxBytes = int.MaxValue, MaxTokens = int.MaxValue, MaxNodes = int.MaxValue, MaxFields = int.MaxValue,
    };

    public static TheoryData<string> Bombs => new()
    {
        string.Concat(Enumerable.Repeat("{a", 20_000)),
        string.Concat(Enumerable.Repeat("{a", 20_000)) + new string('}', 20_000),
        string.Concat(Enumerable.Repeat("{...{a ", 20_000)),
        "{f(x:" + new string('[', 1_500_000),
        "{f(x:" + string.Concat(Enumerable.Repeat("{a:", 500_000)),
        "query($v:" + new string('[', 100_000) + "Int",
        "query($v:Int=" + new string('[', 100_000),
        "type A{a:" + new string('[', 100_000),
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void G01_to_G03_a_deep_text_is_refused_at_level_64(string bomb)
    {
        Refusal(bomb, _longTexts).ShouldBe(SyntaxFault.TooDeep);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void G01_without_a_depth_limit_the_stack_guard_still_holds(string bomb)
    {
        SyntaxFault? refusal = null;
        var thread = new Thread(
            () => refusal = Refusal(bomb, _longTexts with { MaxDepth = int.MaxValue }), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        refusal.ShouldNotBeNull();
    }

    [Fact]
    public void A_text_of_exactly_64_levels_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("{a", 64)) + new string('}', 64);
        GraphQLDocument.Parse(text).ToString().ShouldStartWith("{\n  a {");
    }

    [Theory]
    [InlineData(SyntaxFault.TooLong)]
    [InlineData(SyntaxFault.TooManyTokens)]
    [InlineData(SyntaxFault.TooManyNodes)]
    [InlineData(SyntaxFault.TooManyFields)]
    [InlineData(SyntaxFault.TooManyDirectives)]
    public void G05_every_count_is_finite(SyntaxFault fault)
    {
        var roomy = ParserLimits.Default with { MaxTokens = 100_000, MaxFields = 100_000 };
        var (text, limits) = fault switch
        {
            SyntaxFault.TooLong => ("{ a }" + new string(',', 65_536), ParserLimits.Default),
            SyntaxFault.TooManyTokens => ("{ a(b:[" + Repeat("1 ", 8_000) + "]) }", ParserLimits.Default),
            SyntaxFault.TooManyNodes => ("{ a(b:[" + Repeat("1 ", 16_000) + "]) }", roomy),
            SyntaxFault.TooManyFields => ("{" + Repeat("a ", 1_001) + "}", ParserLimits.Default),
            SyntaxFault.TooManyDirectives => ("{ a " + Repeat("@d ", 5) + "}", ParserLimits.Default),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Refusal(text, limits).ShouldBe(fault);
    }

    [Fact]
    public void G05_floods_of_meaningless_characters_are_cheap_or_refused()
    {
        Refusal(new string('{', 200_000), ParserLimits.Default).ShouldBe(SyntaxFault.TooLong);
        Refusal("{a(b:" + new string('"', 60_000), ParserLimits.Default).ShouldNotBeNull();
        GraphQLDocument.Parse("{ a " + Repeat("#,\uFEFF\n", 9_000) + "}").Counts.Tokens.ShouldBe(3);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static SyntaxFault? Refusal(string text, ParserLimits limits)
    {
        try
        {
            GraphQLDocument.Parse(SourceText.From(text), limits);
            return null;
        }
        catch (SyntaxException refused)
        {
            return refused.Fault;
        }
    }
}
