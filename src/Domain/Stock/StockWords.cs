using System.Text.Json;

namespace Platform.Domain.Stock;

/// <summary>Closed lists as the database and the wire write them, both ways, without asking reflection twice.</summary>
internal static class StockWords
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.ToText[value];

    public static TEnum Read<TEnum>(string text)
        where TEnum : struct, Enum => Words<TEnum>.ToValue[text];

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ToText = Enum.GetValues<TEnum>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static readonly Dictionary<string, TEnum> ToValue =
            ToText.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
