using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.GraphQL.Response;

namespace Platform.Tests.GraphQL.Response;

public sealed class JsonWriterTests
{
    private const long NoLimit = long.MaxValue;

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("say \"no\"\\", "\"say \\\"no\\\"\\\\\"")]
    [InlineData("a\nb\tc\r\b\f", "\"a\\nb\\tc\\r\\b\\f\"")]
    [InlineData("\0\u001f\u007f", "\"\\u0000\\u001f\u007f\"")]
    [InlineData("Ünïcödé 🚚", "\"Ünïcödé 🚚\"")]
    public void Strings_are_escaped_where_JSON_needs_it_and_nowhere_else(string value, string expected)
    {
        Written(writer => writer.WriteString(value)).ShouldBe(expected);
        Written(writer => writer.WriteString(Encoding.UTF8.GetBytes(value))).ShouldBe(expected);
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        Written(writer => writer.WriteString("a\ud800b")).ShouldBe("\"a\ufffdb\"");
        Written(writer => writer.WriteString("\"\udc00")).ShouldBe("\"\\\"\ufffd\"");
    }

    [Fact]
    public void Any_string_reads_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(IsWellFormed), value =>
            JsonSerializer.Deserialize<string>(Written(writer => writer.WriteString(value))) == value)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_short_text_reads_back_wherever_its_one_strange_character_stands()
    {
        foreach (var strange in "\"\\\n\u0019\u007f\u0080é€")
        {
            for (var length = 1; length < 40; length++)
            {
                for (var at = 0; at < length; at++)
                {
                    var value = string.Create(length, (at, strange), (span, state) =>
                    {
                        span.Fill('x');
                        span[state.at] = state.strange;
                    });
                    JsonSerializer.Deserialize<string>(Written(writer => writer.WriteString(value))).ShouldBe(value);
                }
            }
        }
    }

    [Fact]
    public void Any_number_has_its_shortest_text() =>
        Prop.ForAll(ArbMap.Default.ArbFor<double>().Filter(double.IsFinite), ArbMap.Default.ArbFor<int>(), (any, cents) =>
            Text(any) == any.ToString("R", CultureInfo.InvariantCulture) &&
            Text(cents / 100.0) == (cents / 100.0).ToString("R", CultureInfo.InvariantCulture) &&
            Text(cents / 10_000.0) == (cents / 10_000.0).ToString("R", CultureInfo.InvariantCulture))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(100_000_000_000.01, "100000000000.01")]
    [InlineData(1e300, "1E+300")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(-0.0, "-0")]
    public void Numbers_with_few_decimals_have_no_more_of_them(double value, string expected) =>
        Text(value).ShouldBe(expected);

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(16_383)]
    [InlineData(70_000)]
    [InlineData(300_001)]
    public void Long_strings_cross_chunks_without_harm(int length)
    {
        var value = string.Concat(Enumerable.Repeat("🚚é\"x", (length / 5) + 1))[..length];
        value = char.IsHighSurrogate(value[^1]) ? value[..^1] : value;

        JsonSerializer.Deserialize<string>(Written(writer => writer.WriteString(value))).ShouldBe(value);
        JsonSerializer.Deserialize<string>(Written(writer => writer.WriteString(Encoding.UTF8.GetBytes(value))))
            .ShouldBe(value);
    }

    [Fact]
    public void Numbers_dates_and_ids_have_their_usual_text()
    {
        Written(writer => writer.WriteNumber(int.MinValue)).ShouldBe("-2147483648");
        Written(writer => writer.WriteNumber(long.MaxValue)).ShouldBe("9223372036854775807");
        Written(writer => writer.WriteNumber(0.1)).ShouldBe("0.1");
        Written(writer => writer.WriteNumber(5.0)).ShouldBe("5");
        Written(writer => writer.WriteNumber(12.3400m)).ShouldBe("12.3400");
        Written(writer => writer.WriteString(new DateOnly(2026, 11, 20))).ShouldBe("\"2026-11-20\"");
        Written(writer => writer.WriteString(Guid.Empty)).ShouldBe("\"00000000-0000-0000-0000-000000000000\"");
        Should.Throw<ArgumentOutOfRangeException>(() => Written(writer => writer.WriteNumber(double.NaN)));
    }

    [Theory]
    [InlineData("2026-11-20T09:30:00+00:00", "\"2026-11-20T09:30:00Z\"")]
    [InlineData("2026-11-20T09:30:00.1230000+02:00", "\"2026-11-20T09:30:00.123+02:00\"")]
    [InlineData("2026-11-20T09:30:00.1234567-05:30", "\"2026-11-20T09:30:00.1234567-05:30\"")]
    public void Times_keep_their_offset_and_the_digits_they_have(string value, string expected) =>
        Written(writer => writer.WriteString(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture)))
            .ShouldBe(expected);

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    [InlineData(500_000)]
    public void Rewinding_forgets_everything_after_the_mark(int erased)
    {
        using var writer = new JsonWriter(NoLimit);
        writer.WriteRaw("[1"u8);
        var mark = writer.Position;
        for (var i = 0; i < erased; i++)
        {
            writer.WriteRaw((byte)'x');
        }

        writer.Rewind(mark);
        writer.WriteRaw("]"u8);

        Encoding.UTF8.GetString(writer.ToArray()).ShouldBe("[1]");
        writer.Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(100_000, 10)]
    [InlineData(10, 100_000)]
    [InlineData(100_000, 100_000)]
    public void A_writer_takes_over_anothers_content_without_its_first_bytes(int own, int others)
    {
        using var head = new JsonWriter(NoLimit);
        head.WriteRaw(Encoding.ASCII.GetBytes(new string('a', own)));
        using var tail = new JsonWriter(NoLimit);
        tail.WriteRaw(Encoding.ASCII.GetBytes("{" + new string('b', others)));

        head.Take(tail, skip: 1);
        head.WriteRaw("c"u8);

        Encoding.ASCII.GetString(head.ToArray()).ShouldBe(new string('a', own) + new string('b', others) + "c");
        head.Length.ShouldBe(own + others + 1);
        tail.Length.ShouldBe(0);
    }

    // G-55
    [Fact]
    public void A_response_is_stopped_while_it_grows()
    {
        using var writer = new JsonWriter(limit: 100_000);

        Should.Throw<ResponseTooLargeException>(() =>
        {
            while (writer.Length < 1_000_000)
            {
                writer.WriteString("amplified");
            }
        });
        writer.Length.ShouldBeLessThan(200_000);
    }

    private static bool IsWellFormed(string? value) =>
        value is not null && new UTF8Encoding(false, false).GetString(Encoding.UTF8.GetBytes(value)) == value;

    private static string Text(double value) => Written(writer => writer.WriteNumber(value));

    private static string Written(Action<JsonWriter> write)
    {
        using var writer = new JsonWriter(NoLimit);
        write(writer);
        return Encoding.UTF8.GetString(writer.ToArray());
    }
}
