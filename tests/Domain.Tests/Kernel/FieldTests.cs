using Platform.Domain.Kernel;

namespace Platform.Tests.Domain.Kernel;

public sealed class FieldTests
{
    [Theory]
    [InlineData("A", true)]
    [InlineData("A-1/B_2.C", true)]
    [InlineData("9", true)]
    [InlineData("0123456789012345678901234567890123456789", true)]   // forty
    [InlineData("01234567890123456789012345678901234567890", false)] // forty-one
    [InlineData("a", false)]
    [InlineData("-A", false)]
    [InlineData("A B", false)]
    [InlineData("A\n", false)]
    [InlineData("Ä", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Codes_are_what_a_label_printer_prints(string? code, bool isGood) =>
        (Field.Code("code", code) is null).ShouldBe(isGood);

    [Theory]
    [InlineData("x", true)]
    [InlineData("Ärger mit 日本語 😀", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData(" x", false)]
    [InlineData("x ", false)]
    [InlineData("a\0b", false)]      // PostgreSQL stores no NUL
    [InlineData("a\u0007b", false)]
    [InlineData("a\nb", false)]
    public void Texts_are_there_trimmed_and_storable(string? text, bool isGood) =>
        (Field.Text("name", text, most: 20) is null).ShouldBe(isGood);

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        // Not in the table above: attributes are kept as UTF-8, which has no such halves.
        Field.Text("name", "a\ud800b", most: 20).ShouldNotBeNull();
        Field.Text("name", "a\udc00", most: 20).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Texts_have_a_length(int length, bool isGood) =>
        (Field.Text("name", new string('x', length), most: 20) is null).ShouldBe(isGood);

    [Fact]
    public void A_refusal_shows_a_readable_part_of_what_was_given_and_never_half_a_character()
    {
        var given = new string('x', 79) + "😀" + new string('y', 1000);

        var refusal = Field.Code("code", given).ShouldNotBeNull();

        refusal.Given.ShouldBe(new string('x', 79) + "…");
        refusal.Message.ShouldStartWith("code must be");
        refusal.Code.ShouldBe("INVALID_FIELD");
    }

    [Theory]
    [InlineData("0", 3, false)]
    [InlineData("-1", 3, false)]
    [InlineData("0.001", 3, true)]
    [InlineData("0.0001", 3, false)]
    [InlineData("100", 3, true)]
    [InlineData("100.001", 3, false)]
    [InlineData("99.990", 2, true)] // trailing zeros are no finer
    public void Measures_are_positive_bounded_and_no_finer_than_their_column(string value, int decimals, bool isGood) =>
        (Field.Positive("weightKg", decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), most: 100m, decimals) is null)
            .ShouldBe(isGood);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Whole_numbers_have_two_ends(int value, bool isGood) =>
        (Field.Whole("rank", value, least: 1, most: 9) is null).ShouldBe(isGood);

    [Fact]
    public void A_number_that_no_member_of_the_enum_has_is_refused() =>
        Field.Known<DayOfWeek>("day", (DayOfWeek)9).ShouldNotBeNull().Given.ShouldBe("9");
}
