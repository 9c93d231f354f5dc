using System.Text;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.TypeSystem;

public class ScalarTests
{
    [Theory]
    //          scalar           JSON in and out
    [InlineData("Int", "2147483647")]
    [InlineData("Float", "-1.5")]
    [InlineData("String", "\"tä\\\"xt\"")]
    [InlineData("Boolean", "true")]
    [InlineData("ID", "\"4\"")]
    [InlineData("DateTime", "\"2026-11-20T09:40:04Z\"")]
    [InlineData("DateTime", "\"2026-11-20T09:40:04.1234567+05:30\"")]
    [InlineData("LocalDate", "\"2026-11-20\"")]
    [InlineData("LocalTime", "\"09:40:04.5\"")]
    [InlineData("LocalDateTime", "\"2026-11-20T09:40:04\"")]
    [InlineData("Duration", "\"P1DT2H30M\"")]
    [InlineData("Decimal", "79228162514264337593543950335")]
    [InlineData("Long", "9223372036854775807")]
    [InlineData("Short", "-32768")]
    [InlineData("Byte", "-128")]
    [InlineData("UnsignedByte", "255")]
    [InlineData("UnsignedShort", "65535")]
    [InlineData("UnsignedInt", "4294967295")]
    [InlineData("UnsignedLong", "18446744073709551615")]
    [InlineData("UUID", "\"0199e2a2-6f3c-7d0a-b0f6-3d0a6c0c9a11\"")]
    [InlineData("URI", "\"https://example.org/a?b=c\"")]
    [InlineData("Base64String", "\"AQID\"")]
    [InlineData("Any", "{\"a\":[1,null,\"x\"]}")]
    public void A_value_comes_out_as_it_came_in(string scalar, string json)
    {
        var format = CustomScalars.Find(scalar)!;
        var reading = format.ReadJson(JsonDocument.Parse(json).RootElement);
        reading.Error.ShouldBeNull();
        JsonDocument.Parse(Written(format, reading.Value!)).RootElement.GetRawText().ShouldBe(json);

        if (scalar != "Any")
        {
            var literal = format.ReadLiteral(GraphQLDocument.ParseConstant(json), NoVariables.Instance);
            literal.Error.ShouldBeNull();
            Written(format, literal.Value!).ShouldBe(Written(format, reading.Value!));
        }
    }

    [Theory]
    //          scalar      JSON                 message
    [InlineData("Int", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("Int", "1.5", "Int cannot represent non-integer value: 1.5")]
    [InlineData("Int", "\"1\"", "Int cannot represent non-integer value: \"1\"")]
    [InlineData("Float", "1e400", "Float cannot represent non numeric value: Infinity")]
    [InlineData("Float", "[1,{\"a\":{}}]", "Float cannot represent non numeric value: [1, { a: {} }]")]
    [InlineData("String", "1", "String cannot represent a non string value: 1")]
    [InlineData("Boolean", "0", "Boolean cannot represent a non boolean value: 0")]
    [InlineData("ID", "1.5", "ID cannot represent value: 1.5")]
    [InlineData("DateTime", "\"2026-11-20T09:40:04\"", "DateTime cannot represent value: \"2026-11-20T09:40:04\"")]
    [InlineData("DateTime", "\"2026-11-20T09:40:04.12345678Z\"", "DateTime cannot represent value: \"2026-11-20T09:40:04.12345678Z\"")]
    [InlineData("DateTime", "\"2026-11-20T09:40:04.Z\"", "DateTime cannot represent value: \"2026-11-20T09:40:04.Z\"")]
    [InlineData("DateTime", "\"2026-13-20T09:40:04Z\"", "DateTime cannot represent value: \"2026-13-20T09:40:04Z\"")]
    [InlineData("LocalDate", "\"2026-02-29\"", "LocalDate cannot represent value: \"2026-02-29\"")]
    [InlineData("LocalTime", "\"25:00:00\"", "LocalTime cannot represent value: \"25:00:00\"")]
    [InlineData("Duration", "\"1 day\"", "Duration cannot represent value: \"1 day\"")]
    [InlineData("Decimal", "\"1.0\"", "Decimal cannot represent value: \"1.0\"")]
    [InlineData("Decimal", "1e30", "Decimal cannot represent value: 1e+30")]
    [InlineData("Long", "9223372036854775808", "Long cannot represent value: 9223372036854776000")]
    [InlineData("Long", "1.0", "Long cannot represent value: 1")]
    [InlineData("UnsignedByte", "-1", "UnsignedByte cannot represent value: -1")]
    [InlineData("UUID", "\"0199e2a26f3c7d0ab0f63d0a6c0c9a11\"", "UUID cannot represent value: \"0199e2a26f3c7d0ab0f63d0a6c0c9a11\"")]
    [InlineData("Base64String", "\"?\"", "Base64String cannot represent value: \"?\"")]
    [InlineData("Upload", "\"/etc/passwd\"", "Upload cannot represent value: \"/etc/passwd\"")]
    public void G06_what_is_no_value_is_refused(string scalar, string json, string message) =>
        CustomScalars.Find(scalar)!.ReadJson(JsonDocument.Parse(json).RootElement).Error.ShouldBe(message);

    [Fact]
    public void G06_a_literal_that_no_double_holds_is_refused()
    {
        var literal = GraphQLDocument.ParseConstant("1e400");
        CustomScalars.Find("Float")!.ReadLiteral(literal, NoVariables.Instance).Error
            .ShouldBe("Float cannot represent non numeric value: 1e400");
    }

    [Theory]
    [InlineData("Int", 1.5)]
    [InlineData("Int", 3e9)]
    [InlineData("Float", double.NaN)]
    [InlineData("Boolean", "true")]
    [InlineData("ID", true)]
    [InlineData("UUID", 1)]
    public void A_result_that_is_no_value_of_the_type_is_an_error(string scalar, object value) =>
        Should.Throw<GraphQLException>(() => Written(CustomScalars.Find(scalar)!, value));

    [Theory]
    [InlineData(1e21, "1e+21")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(-0.0, "0")]
    [InlineData(100, "100")]
    [InlineData(-12.75, "-12.75")]
    [InlineData(5e-324, "5e-324")]
    public void Numbers_in_messages_look_as_scripts_print_them(double number, string text) =>
        ScriptNumber.Text(number).ShouldBe(text);

    private static string Written(ScalarFormat format, object value)
    {
        using var writer = new JsonWriter(1_000_000);
        format.Writer.Write(writer, value);
        return Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(writer.AsSequence()));
    }
}
