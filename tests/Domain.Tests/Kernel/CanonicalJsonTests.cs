using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>I-17: one spelling for one meaning, whichever way it is written; stored fingerprints stay what they were.</summary>
public sealed class CanonicalJsonTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private enum Shade
    {
        DarkGrey,
    }

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("-0.00", "0")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1200.000", "1200")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950335")]
    public void A_number_has_one_spelling(string given, string canonical)
    {
        var value = new Amount(decimal.Parse(given, System.Globalization.CultureInfo.InvariantCulture));

        Text(CanonicalJson.Of(value)).ShouldBe($$"""{"value":{{canonical}}}""");
        CanonicalJson.Of(value).ShouldBe(CanonicalJson.Sorted(value));
    }

    [Fact]
    public void Members_are_in_order_and_text_is_escaped_as_it_always_was()
    {
        var value = new Everything(
            Zeta: "Ünï \"<&>'+\u2028\ud83d\ude80", Alpha: null, Items: [new Amount(2.0m), new Amount(-3.10m)], Shade.DarkGrey,
            DateTimeOffset.UnixEpoch.AddTicks(1_230_000), new DateOnly(2026, 11, 20), new TimeOnly(7, 30), Guid.Empty, true);

        CanonicalTypes.AreWrittenInOrder(typeof(Everything)).ShouldBeTrue();
        Text(CanonicalJson.Of(value)).ShouldBe(Text(CanonicalJson.Sorted(value)));
    }

    [Fact]
    public void What_depends_on_the_value_is_put_in_order_the_long_way()
    {
        CanonicalTypes.AreWrittenInOrder(typeof(Dictionary<string, int>)).ShouldBeFalse();
        CanonicalTypes.AreWrittenInOrder(typeof(JsonElement)).ShouldBeFalse();
        CanonicalTypes.AreWrittenInOrder(typeof(Measured)).ShouldBeFalse();
        CanonicalTypes.AreWrittenInOrder(typeof(EarlyBird)).ShouldBeFalse(); // The name of the choice sorts behind a member.
        Text(CanonicalJson.Of(new Dictionary<string, int>(StringComparer.Ordinal) { ["b"] = 1, ["a"] = 2 }))
            .ShouldBe("""{"a":2,"b":1}""");
        CanonicalJson.Of(new Measured(1e300)).ShouldBe(CanonicalJson.Sorted(new Measured(1e300)));
    }

    /// <summary>Filled by reflection, so that a command of tomorrow is compared too.</summary>
    [Fact]
    public void Every_command_has_the_same_canonical_form_both_ways()
    {
        var compared = 0;
        foreach (var command in database.Services.GetRequiredService<OperationCatalog>().All.Select(operation => operation.Command))
        {
            if (Sample.Of(command, depth: 0) is { } value)
            {
                Text(CanonicalJson.Of(value)).ShouldBe(Text(CanonicalJson.Sorted(value)), command.Name);
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(100);
        CanonicalTypes.AreWrittenInOrder(typeof(PostMovements)).ShouldBeTrue("its hundreds of lines are why there is a short way");
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private sealed record Amount(decimal Value);

    private sealed record Measured(double Value);

    private sealed record Everything(
        string Zeta, string? Alpha, IReadOnlyList<Amount> Items, Shade Shade, DateTimeOffset At, DateOnly Day, TimeOnly Hour, Guid Id, bool IsTrue);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Lark), "lark")]
    private abstract record EarlyBird;

    private sealed record Lark(int Age) : EarlyBird;

    /// <summary>A value of a type with something in every place.</summary>
    private static class Sample
    {
        public static object? Of(Type type, int depth)
        {
            var bare = Nullable.GetUnderlyingType(type) ?? type;
            if (depth > 8)
            {
                return null;
            }

            if (bare == typeof(string))
            {
                return "a<b>ü";
            }

            if (bare == typeof(decimal))
            {
                return 12.340m;
            }

            if (bare.IsEnum)
            {
                return Enum.GetValues(bare).GetValue(0);
            }

            if (bare == typeof(JsonElement))
            {
                return JsonSerializer.SerializeToElement(new { b = 1.0m, a = 2 });
            }

            if (bare == typeof(DateTimeOffset))
            {
                return new DateTimeOffset(2026, 11, 20, 7, 30, 0, 120, TimeSpan.FromHours(2));
            }

            if (bare.IsPrimitive || bare == typeof(Guid) || bare == typeof(DateOnly) || bare == typeof(TimeOnly))
            {
                return Activator.CreateInstance(bare);
            }

            return bare != typeof(string) && typeof(IEnumerable).IsAssignableFrom(bare) ? List(bare, depth)
                : bare.IsAbstract ? Choice(bare, depth)
                : Record(bare, depth);
        }

        private static object? List(Type type, int depth)
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments() is [var only] ? only : null;
            if (element is null || Of(element, depth + 1) is not { } item)
            {
                return null;
            }

            var items = Array.CreateInstance(element, 2);
            items.SetValue(item, 0);
            items.SetValue(item, 1);
            return type.IsInstanceOfType(items) ? items : Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(element), items);
        }

        private static object? Choice(Type type, int depth) =>
            type.GetCustomAttributes<JsonDerivedTypeAttribute>().FirstOrDefault() is { } first ? Of(first.DerivedType, depth + 1) : null;

        private static object? Record(Type type, int depth)
        {
            var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length);
            if (constructor is null)
            {
                return type.IsValueType ? Activator.CreateInstance(type) : null;
            }

            var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))]);
            foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null && property.GetValue(made) is null))
            {
                property.SetValue(made, Of(property.PropertyType, depth + 1));
            }

            return made;
        }
    }
}
